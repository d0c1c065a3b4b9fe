import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ZipEntry } from "../../packages/github/test/make-zip.ts";
import { makeZip } from "../../packages/github/test/make-zip.ts";
import { addArtifact } from "../servers/double/seed.ts";
import { type MeasuredPull, measuredPull } from "./measured-pull.ts";
import { said } from "./project.ts";

const table = `id,label,prediction\n${Array.from({ length: 200 }, (_, n) => `${n},${n % 2},${n % 20 === 0 ? 1 - (n % 2) : n % 2}`).join("\n")}\n`;
let pull: MeasuredPull;
let honest: Record<string, string>;

beforeAll(async () => {
  pull = await measuredPull(0.91);
  honest = await pull.documents();
});
afterAll(() => pull.here.stop());

/** The honest documents, with one of them changed. */
const altered = (path: string, change: (text: string) => string): ZipEntry[] =>
  Object.entries(honest).map(([name, content]) => ({ name, content: name === path ? change(content) : content }));
const evaluation = (change: (document: Record<string, object>) => unknown): ZipEntry[] =>
  altered("evaluation.json", (text) => JSON.stringify(change(JSON.parse(text))));

/** The trusted run on what was uploaded, and all that the author is shown. */
async function answer(inputs: Record<string, string> = {}) {
  pull.here.double.state.statuses.length = 0;
  pull.here.double.state.comments.length = 0;
  const result = await pull.trusted(inputs);
  const comment = pull.here.double.state.comments[0]?.body ?? "";
  return { result, comment, status: pull.status().at(-1) };
}

const zeros = new Uint8Array(300_000_000);
const fewer = new Uint8Array(30_000_000);
const refusals: [string, string, RegExp, () => ZipEntry[] | Uint8Array][] = [
  ["is no JSON", "json-truncated", /evaluation/, () => altered("evaluation.json", () => "{")],
  ["lacks a field", "document-invalid", /metrics/, () => evaluation(({ metrics, ...rest }) => rest)],
  [
    "has a number that is not finite",
    "not-finite",
    /1e999/,
    () => altered("evaluation.json", (text) => text.replace(/"value":[\d.]+/, '"value":1e999')),
  ],
  [
    "has another major version",
    "document-version",
    /metricgate\/evaluation@2/,
    () => evaluation((one) => ({ ...one, kind: "metricgate/evaluation@2" })),
  ],
  [
    "is another kind of document",
    "document-invalid",
    /verdict/,
    () => evaluation((one) => ({ ...one, kind: "metricgate/verdict@1" })),
  ],
  [
    "is about another model",
    "model-differs",
    /other/,
    () => evaluation((one) => ({ ...one, model: { name: "other" } })),
  ],
  [
    "names another run",
    "run-differs",
    /run 4711/,
    () => evaluation((one) => ({ ...one, run: { ...one.run, id: 4711 } })),
  ],
  [
    "names the base's commit",
    "commit-differs",
    /neither/,
    () => evaluation((one) => ({ ...one, source: { ...one.source, sha: pull.here.base } })),
  ],
  [
    "names a commit that GitHub does not know",
    "commit-differs",
    /ffffff/,
    () => evaluation((one) => ({ ...one, source: { ...one.source, sha: "f".repeat(40) } })),
  ],
  ["names no commit", "source-missing", /commit/, () => evaluation(({ source, ...one }) => ({ ...one, source: {} }))],
  ["is not in the archive", "document-missing", /artifact/, () => [{ name: "verdict.json", content: "{}" }]],
  [
    "is a bomb of one character",
    "archive-refused",
    /200000000/,
    () => [{ name: "evaluation.json", content: zeros, deflate: true }],
  ],
  [
    "grows a thousandfold",
    "archive-refused",
    /grows/,
    () => [{ name: "evaluation.json", content: fewer, deflate: true }],
  ],
  [
    "claims to be larger than is allowed",
    "archive-refused",
    /200000000/,
    () => [{ name: "evaluation.json", content: "{}", claims: 300_000_000, deflate: true }],
  ],
  [
    "has more files than are allowed",
    "archive-refused",
    /101/,
    () => Array.from({ length: 101 }, (_, n) => ({ name: `f${n}` })),
  ],
  [
    "has a path that leads outside",
    "archive-refused",
    /relative path/,
    () => [...altered("", String), { name: "../../escaped.json" }],
  ],
  ["has an absolute path", "archive-refused", /path/, () => [...altered("", String), { name: "/tmp/escaped.json" }]],
  [
    "is a link to a file of the runner",
    "archive-refused",
    /regular file/,
    () => [{ name: "evaluation.json", content: "/etc/hostname", mode: 0o120777 }],
  ],
  [
    "stands in the archive twice",
    "archive-refused",
    /twice/,
    () => [...altered("", String), { name: "evaluation.json", content: "{}" }],
  ],
  [
    "comes in something that is no archive",
    "archive-refused",
    /cannot be read/,
    () => new TextEncoder().encode("not a zip at all"),
  ],
];

describe("documents of a pull request are refused, with a failed status, code and next step", () => {
  test.each(refusals)("whose evaluation %s", async (_, code, names, entries) => {
    await pull.forge(entries());
    const { result, comment, status } = await answer();
    expect(result.exitCode, said(result)).toBe(0);
    expect(status, comment).toMatchObject({ state: "failure" });
    expect(comment).toContain("Its documents were refused");
    expect(comment).toMatch(names);
    expect(comment).toMatch(new RegExp(`\\. [A-Z].+\\. \`\\[${code}\\]\``));
    expect(result.summary).toContain("Its documents were refused");
    expect(pull.here.exists("escaped.json") || pull.here.exists("../escaped.json")).toBe(false);
    expect(result.log).not.toMatch(/^\s+at .*\(/m);
  });
});

test("a policy that was named and that neither the base nor the pull request has is an error, of the status too", async () => {
  await pull.forge(altered("", String));
  const { result, status } = await answer({ policy: "ci/nosuch.yml" });
  expect(result.exitCode, said(result)).toBe(2);
  expect(said(result)).toMatch(/there is no policy ci\/nosuch\.yml.*policy-missing/s);
  expect(status).toMatchObject({
    state: "error",
    description: "main has no policy ci/nosuch.yml: nothing was judged.",
  });
});

describe("two evaluations of one model in one attempt", () => {
  const again = (content: string) =>
    addArtifact(pull.here.double.world, {
      run: pull.run.id,
      name: "metricgate-verdict.m.1",
      bytes: makeZip([{ name: "evaluation.json", content }]),
    });
  const drop = (id: number) => {
    const { artifacts } = pull.here.double.state;
    artifacts.splice(
      artifacts.findIndex((artifact) => artifact.id === id),
      1,
    );
  };

  test("that differ are refused: nobody but the author could say which counts", async () => {
    await pull.forge(altered("", String));
    const second = await again((honest["evaluation.json"] ?? "").replace("0.91", "0.99"));
    const { comment, status } = await answer();
    drop(second.id);
    expect(status).toMatchObject({ state: "failure" });
    expect(comment).toContain("[document-doubled]");
  });

  test("that are the same bytes are one", async () => {
    await pull.forge(altered("", String));
    const second = await again(honest["evaluation.json"] ?? "");
    const { status, comment } = await answer();
    drop(second.id);
    expect(status, comment).toMatchObject({ state: "success" });
  });
});

test("rows that are not those that the evaluation names are refused", async () => {
  const models = { m: { metrics: "metrics.json", predictions: "predictions.csv", compute: "f1" } };
  const other = await measuredPull(0.91, { files: { "predictions.csv": table }, models });
  try {
    const documents = await other.documents();
    expect(Object.keys(documents)).toContain("rows.csv");
    const entries = Object.entries(documents).map(([name, content]) => ({
      name,
      content: name === "rows.csv" ? content.replace(/0(?=\n)/, "1") : content,
    }));
    await other.forge(entries);
    await other.trusted();
    expect(other.status()).toMatchObject([{ state: "failure" }]);
    expect(other.here.double.state.comments[0]?.body).toContain("[rows-differ]");
  } finally {
    await other.here.stop();
  }
});

test("bytes that are not those that GitHub names end the trusted run without a status", async () => {
  const stored = await pull.forge(altered("", String));
  stored.digest = `sha256:${"0".repeat(64)}`;
  const { result, status } = await answer();
  expect([result.exitCode, status]).toEqual([3, undefined]);
  expect(said(result)).toContain("[artifact-damaged]");
});

test("an artifact that has expired is one that never came", async () => {
  const stored = await pull.forge(altered("", String));
  stored.expired = true;
  const { comment, status } = await answer();
  expect(status).toMatchObject({ state: "failure" });
  expect(comment).toContain("no verdict of it arrived");
});

test("the numbers themselves are the author's word: an evaluation that lies is believed, as SECURITY.md says", async () => {
  await pull.forge(altered("evaluation.json", (text) => text.replace(/"value":0\.91\b/, '"value":0.99')));
  const { comment, status } = await answer({ comment: "always" });
  expect(status).toMatchObject({ state: "success" });
  expect(comment).toContain("0.990");
});

test("the honest documents get their success", async () => {
  await pull.forge(altered("", String));
  const { result, status } = await answer();
  expect(status, said(result)).toMatchObject({ state: "success" });
});
