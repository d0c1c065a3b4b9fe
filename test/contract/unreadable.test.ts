import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { failureOf } from "@metricgate/core/errors/failure";
import type { Change } from "@metricgate/core/ports/change";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gate } from "../../packages/pipeline/src/gate/gate.ts";
import type { GateRequest } from "../../packages/pipeline/src/gate/gate-ports.ts";
import { portsIn } from "./mapping/job.ts";

const cli = resolve(import.meta.dirname, "../../packages/bundle/dist/cli.js");
const policyFile = ".github/metricgate.yml";
const good = "version: 1\nmodels:\n  m:\n    gates: [{metric: accuracy, min: 0.5}]\n";
const metrics = [{ name: "accuracy", value: 0.9, direction: "up" }];
const evaluation = { kind: "metricgate/evaluation@1", model: { name: "m" }, source: {}, metrics };
const rows = { file: "rows.csv", digest: `sha256:${"0".repeat(64)}`, count: 2 };
const task = { task: "classification", compute: ["accuracy"], slices: [] };

const local: Change = { event: "local", recordsBaseline: false };

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "unreadable-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A job's folder with a policy, an evaluation, and the verdict of an earlier try. */
async function folderWith(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(root, "job-"));
  const all = { [policyFile]: good, ".metricgate/m/evaluation.json": JSON.stringify(evaluation), ...files };
  for (const [path, content] of Object.entries({ ...all, ".metricgate/m/verdict.json": "{}" })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

interface Fault {
  /** What is wrong, and with which file. */
  name: string;
  file: string;
  files: Record<string, string | Uint8Array>;
  code: string;
  line?: number;
}

const policy = (name: string, text: string | Uint8Array, code: string, line: number): Fault => ({
  name: `a policy ${name}`,
  file: policyFile,
  files: { [policyFile]: text },
  code,
  line,
});
const candidate = (name: string, content: string | Uint8Array, code: string): Fault => ({
  name: `an evaluation ${name}`,
  file: ".metricgate/m/evaluation.json",
  files: { ".metricgate/m/evaluation.json": content },
  code,
});
const document = (more: object) => JSON.stringify({ ...evaluation, ...more });

const faults: Fault[] = [
  policy("that is no YAML", "version: 1\nmodels: [\n", "yaml-syntax", 3),
  policy("that is empty", "", "policy-shape", 1),
  policy("of zero bytes and rubbish", Uint8Array.of(0, 255, 0), "nul-byte", 1),
  policy("with an unknown key", good.replace("min: 0.5", "min: 0.5, mim: 1"), "policy-unknown-key", 4),
  policy("of another version", good.replace("1", "2"), "policy-wrong-value", 1),
  policy("without models", "version: 1\nmodels: {}\n", "policy-shape", 2),
  policy("with a key against the direction", good.replace("min: 0.5", "max-rise: 0.1"), "policy-wrong-key", 4),
  policy("with a key twice", `${good}version: 1\n`, "duplicate-key", 5),
  policy("with a mapping of outcomes that is none", `${good}on-missing-baseline: pass\n`, "policy-wrong-value", 5),
  candidate("that is no JSON", "{", "json-truncated"),
  candidate("that is no UTF-8", Uint8Array.of(0x7b, 0xff, 0x7d), "not-utf8"),
  candidate("with a number that is infinite", document({ metrics: [] }).replace("[]", "[1e999]"), "not-finite"),
  candidate("of another version", document({ kind: "metricgate/evaluation@2" }), "document-version"),
  candidate("that is another document", document({ kind: "metricgate/verdict@1" }), "document-invalid"),
  candidate("with neither value nor reason", document({ metrics: [{ name: "accuracy" }] }), "document-invalid"),
  candidate("with a key twice", `{"kind":"metricgate/evaluation@1",${document({}).slice(1)}`, "duplicate-key"),
  {
    name: "rows that are not those of the evaluation",
    file: ".metricgate/m/rows.csv",
    files: {
      ".metricgate/m/evaluation.json": document({ rows: { ...rows, task } }),
      ".metricgate/m/rows.csv": "id,label,prediction\na,x,x\nb,x,x\n",
    },
    code: "rows-differ",
  },
];

describe("what cannot be read is exit code 2, names the file, and leaves no verdict", () => {
  for (const { name, file, files, code, line } of faults) {
    test.each<[string, GateRequest]>([
      ["model named", { model: "m", policy: policyFile }],
      ["model found", { policy: policyFile }],
      ["evaluation named", { policy: policyFile, candidate: ".metricgate/m/evaluation.json" }],
    ])(`${name} (%s)`, async (_, request) => {
      const folder = await folderWith(files);
      const thrown = await gate(request, await portsIn(folder, local)).then(
        (result) => result.verdict.document,
        failureOf,
      );
      expect(thrown).toMatchObject({ status: "invalid", exitCode: 2 });
      const [problem] = "problems" in thrown ? thrown.problems : [];
      expect(problem).toMatchObject({ code, where: { file, ...(line === undefined ? {} : { line }) } });
      expect(problem?.text).not.toBe("");
      expect(problem?.next).not.toBe("");
      expect(existsSync(join(folder, ".metricgate/m/verdict.json"))).toBe(false);
    });
  }

  test.each([faults[0], faults[3], faults[9], faults[16]].filter((fault) => fault !== undefined))(
    "$name, on the command line",
    async ({ file, files, code }) => {
      const folder = await folderWith(files);
      const env = { PATH: process.env.PATH, HOME: folder };
      const argv = [cli, "gate", "--model", "m", "--json"];
      const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: folder, env, encoding: "utf8" });
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toContain(file);
      expect(stderr).toContain(`[${code}]`);
      expect(stderr).not.toContain("..");
    },
  );

  test("a candidate that is given with rows of another names the file that was given, not its copy", async () => {
    const folder = await folderWith({
      [policyFile]: good,
      "given/evaluation.json": document({ rows: { ...rows, task } }),
      "given/rows.csv": "id,label,prediction\na,x,x\nb,x,x\n",
    });
    const request = { policy: policyFile, candidate: "given/evaluation.json" };
    expect(await gate(request, await portsIn(folder, local)).then(() => undefined, failureOf)).toMatchObject({
      exitCode: 2,
      problems: [{ code: "rows-differ", where: { file: "given/rows.csv" } }],
    });
  });

  test.each<[string, Record<string, string>, string, string]>([
    ["that is no JSON", { "base.json": "{" }, "base.json", "json-truncated"],
    ["that is a verdict", { "base.json": document({ kind: "metricgate/verdict@1" }) }, "base.json", "document-invalid"],
    [
      "of another version",
      { "base.json": document({ kind: "metricgate/evaluation@2" }) },
      "base.json",
      "document-version",
    ],
    ["that is not there", {}, "base.json", "file-missing"],
    [
      "with rows of another",
      { "base.json": document({ rows: { ...rows, task } }), "rows.csv": "id,label,prediction\na,x,x\nb,x,x\n" },
      "rows.csv",
      "rows-differ",
    ],
  ])("a baseline %s, given by name, also where a missing one only warns", async (_, files, file, code) => {
    const folder = await folderWith({ [policyFile]: `${good}on-missing-baseline: warn\n`, ...files });
    const request = { model: "m", policy: policyFile, baseline: "base.json" };
    const found = await gate(request, await portsIn(folder, local)).then((result) => result.verdict, failureOf);
    expect(found).toMatchObject({ exitCode: 2, problems: [{ code, where: { file } }] });
    expect(existsSync(join(folder, ".metricgate/m/verdict.json"))).toBe(false);
  });

  test("a problem inside another model is that model's alone", async () => {
    const folder = await folderWith({ [policyFile]: `${good}  other:\n    gates: [{metric: f1, mim: 0.5}]\n` });
    const result = await gate({ model: "m", policy: policyFile }, await portsIn(folder, local));
    expect(result.verdict.document.verdict).toBe("pass");
  });
});
