import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Fault } from "../servers/double/faults.ts";
import { forkToken } from "../servers/double/tokens.ts";
import type { RunnerEvent } from "../servers/runner/events.ts";
import type { ActionResult } from "../servers/runner.ts";
import { gatedProject, type Project, policyOf, said } from "./project.ts";

interface Row {
  /** What is wrong. */
  of: string;
  action?: string;
  inputs?: Record<string, string>;
  files?: Record<string, string>;
  /** Done to the folder after the files were written. */
  prepare?: (project: Project) => void;
  /** `pull` unless given. */
  event?: "push" | "pull" | "fork";
  faults?: Fault[];
  env?: Record<string, string>;
  exit: 1 | 2 | 3;
  /** The codes in brackets; for exit code 1 the reason codes of the verdict. */
  codes: string[];
  /** What the annotation says of place and next step. */
  says?: string[];
  /** File and line of an annotation. */
  at?: { file: string; line?: string };
}

const policy = policyOf(["{ metric: accuracy, max-drop: 0.02 }"]);
const good = JSON.stringify({ accuracy: 0.9 });
const csv = (rows: string[]) => `id,label,prediction\n${rows.join("\n")}\n`;

const metricFiles: Row[] = [
  {
    of: "a metric file that is not there",
    files: { "metrics.json": "" },
    inputs: { metrics: "none.json" },
    exit: 2,
    codes: ["no-files-match"],
    says: ["none.json", "Check the pattern"],
    at: { file: "none.json" },
  },
  {
    of: "a glob that matches nothing",
    inputs: { metrics: "out/*.json" },
    exit: 2,
    codes: ["no-files-match"],
    says: ["out/*.json", "Check the pattern"],
  },
  {
    of: "an empty metric file",
    files: { "metrics.json": "" },
    exit: 2,
    codes: ["file-empty"],
    at: { file: "metrics.json" },
  },
  {
    of: "broken JSON",
    files: { "metrics.json": '{\n  "accuracy": 0.9,\n  "f1": oops\n}' },
    exit: 2,
    codes: ["json-syntax"],
    at: { file: "metrics.json", line: "3" },
  },
  {
    of: "JSON that ends early",
    files: { "metrics.json": '{\n  "accuracy": 0.9,' },
    exit: 2,
    codes: ["json-truncated"],
    at: { file: "metrics.json", line: "2" },
  },
  {
    of: "NaN as Python writes it",
    files: { "metrics.json": '{\n  "accuracy": NaN\n}' },
    exit: 1,
    codes: ["not-finite"],
  },
  { of: "Infinity", files: { "metrics.json": '{\n  "accuracy": Infinity\n}' }, exit: 1, codes: ["not-finite"] },
  {
    of: "minus Infinity of a metric",
    files: { "metrics.json": '{\n  "accuracy": -Infinity\n}' },
    exit: 1,
    codes: ["not-finite"],
  },
  { of: "1e999", files: { "metrics.json": '{\n  "accuracy": 1e999\n}' }, exit: 1, codes: ["not-finite"] },
  {
    of: "a number in quotes",
    files: { "metrics.json": '{\n  "accuracy": "0.99"\n}' },
    exit: 2,
    codes: ["metric-is-text"],
    at: { file: "metrics.json", line: "2" },
  },
  { of: "null", files: { "metrics.json": '{\n  "accuracy": null\n}' }, exit: 1, codes: ["metric-undefined"] },
  {
    of: "a key given twice",
    files: { "metrics.json": '{\n  "accuracy": 0.9,\n  "accuracy": 0.99\n}' },
    exit: 2,
    codes: ["duplicate-key"],
    at: { file: "metrics.json", line: "3" },
  },
  {
    of: "bytes that are no text",
    prepare: (p) => writeFileSync(join(p.folder, "metrics.json"), Uint8Array.from([0x7b, 0xff, 0xfe, 0x00])),
    exit: 2,
    codes: ["nul-byte"],
    at: { file: "metrics.json" },
  },
  {
    of: "a folder in the place of a metric file",
    prepare: (p) => mkdirSync(join(p.folder, "folder.json")),
    inputs: { metrics: "folder.json" },
    exit: 2,
    codes: ["not-a-file"],
    at: { file: "folder.json" },
  },
  {
    of: "a gate whose metric is not measured",
    files: { "metrics.json": '{ "f1": 0.9 }' },
    exit: 1,
    codes: ["metric-missing"],
  },
  {
    of: "the same metric in two files",
    files: { "more.json": good },
    inputs: { metrics: "*.json" },
    exit: 2,
    codes: ["metric-twice"],
    says: ["metrics.json", "more.json"],
  },
  {
    of: "broken YAML metrics",
    files: { "metrics.yaml": "accuracy: [0.9\nf1: 0.8\n" },
    inputs: { metrics: "metrics.yaml" },
    exit: 2,
    codes: ["yaml-syntax"],
    at: { file: "metrics.yaml" },
  },
  {
    of: "a YAML bomb",
    files: { "metrics.yaml": `a: &a [1, 2]\nb: &b [*a, *a]\nc: [${"*b, ".repeat(50)}*b]\n` },
    inputs: { metrics: "metrics.yaml" },
    exit: 2,
    codes: ["yaml-alias"],
  },
  {
    of: "metrics nested deeper than anything real",
    files: { "metrics.json": `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}` },
    exit: 2,
    codes: ["too-deep"],
  },
];

const tables: Row[] = [
  {
    of: "a prediction table that is not there",
    inputs: { predictions: "none.csv" },
    exit: 2,
    codes: ["file-missing"],
    at: { file: "none.csv" },
  },
  {
    of: "a folder in the place of a prediction table",
    prepare: (p) => mkdirSync(join(p.folder, "predictions.csv")),
    inputs: { predictions: "predictions.csv" },
    exit: 2,
    codes: ["not-a-file"],
    at: { file: "predictions.csv" },
  },
  {
    of: "a row with too few cells",
    files: { "predictions.csv": csv(["1,a,a", "2,b"]) },
    inputs: { predictions: "predictions.csv" },
    exit: 2,
    codes: ["row-ragged"],
    at: { file: "predictions.csv", line: "3" },
  },
  {
    of: "a row id given twice",
    files: { "predictions.csv": csv(["1,a,a", "2,b,b", "1,a,b"]) },
    inputs: { predictions: "predictions.csv" },
    exit: 2,
    codes: ["duplicate-id"],
    at: { file: "predictions.csv", line: "4" },
  },
  {
    of: "a quote that never ends",
    files: { "predictions.csv": csv(['1,"a,a', "2,b,b"]) },
    inputs: { predictions: "predictions.csv" },
    exit: 2,
    codes: ["quote-open"],
    at: { file: "predictions.csv" },
  },
  {
    of: "a column that is not there",
    files: { "predictions.csv": csv(["1,a,a"]) },
    inputs: { predictions: "predictions.csv", columns: "label=truth" },
    exit: 2,
    codes: ["column-missing"],
    says: ["truth"],
  },
  {
    of: "an empty prediction table",
    files: { "predictions.csv": "" },
    inputs: { predictions: "predictions.csv" },
    exit: 2,
    codes: ["file-empty"],
    at: { file: "predictions.csv" },
  },
  {
    of: "columns that are not written as MEANING=NAME",
    files: { "predictions.csv": csv(["1,a,a"]) },
    inputs: { predictions: "predictions.csv", columns: "y_true" },
    exit: 2,
    codes: ["input-invalid"],
    says: ["y_true", "label=y_true"],
  },
];

const policies: Row[] = [
  {
    of: "an unknown key in the policy",
    files: { ".github/metricgate.yml": policy.replace("max-drop", "max-dorp") },
    exit: 2,
    codes: ["policy-unknown-key"],
    says: ["max-dorp", "max-drop"],
    at: { file: ".github/metricgate.yml", line: "6" },
  },
  {
    of: "a policy that is no YAML",
    files: { ".github/metricgate.yml": "version: 1\nmodels: {\n" },
    exit: 2,
    codes: ["yaml-syntax"],
    at: { file: ".github/metricgate.yml" },
  },
  {
    of: "a policy with a value of the wrong type",
    files: { ".github/metricgate.yml": policy.replace("0.02", "lots") },
    exit: 2,
    codes: ["policy-wrong-value"],
    at: { file: ".github/metricgate.yml", line: "6" },
  },
  {
    of: "max-rise for a metric that should rise",
    files: { ".github/metricgate.yml": policy.replace("max-drop", "max-rise") },
    exit: 2,
    codes: ["policy-wrong-key"],
    says: ["max-drop"],
    at: { file: ".github/metricgate.yml", line: "6" },
  },
  {
    of: "a policy of the wrong version",
    files: { ".github/metricgate.yml": policy.replace("version: 1", "version: 2") },
    exit: 2,
    codes: ["policy-wrong-value"],
    at: { file: ".github/metricgate.yml", line: "1" },
  },
  { of: "a model that the policy does not name", inputs: { model: "other" }, exit: 2, codes: ["no-metrics"] },
];

const inputs: Row[] = [
  {
    of: "an input that does not exist",
    inputs: { "max-dorp": "0.02" },
    exit: 2,
    codes: ["input-unknown"],
    says: ["Did you mean `max-drop`?"],
  },
  {
    of: "several wrong inputs at once",
    inputs: { "max-dorp": "0.02", store: "bucket", html: "maybe", "max-drop": "lots" },
    exit: 2,
    codes: ["input-unknown", "input-invalid", "input-invalid", "input-invalid"],
    says: ["`store`", "`html`", "`max-drop`", "`max-dorp`"],
  },
  {
    of: "a model's name that is none",
    inputs: { model: "../../etc" },
    exit: 2,
    codes: ["input-invalid"],
    says: ["`model`"],
  },
  {
    of: "a working directory that is not there",
    inputs: { "working-directory": "nowhere" },
    exit: 2,
    codes: ["file-missing"],
    says: ["working-directory"],
  },
  {
    of: "a link that leads out of the workspace",
    prepare: (p) => symlinkSync("/etc/hostname", join(p.folder, "link.csv")),
    inputs: { predictions: "link.csv" },
    exit: 2,
    codes: ["outside-workspace"],
    at: { file: "link.csv" },
  },
  {
    of: "a path out of the workspace",
    inputs: { predictions: "../../../etc/passwd" },
    exit: 2,
    codes: ["outside-workspace"],
  },
  {
    of: "a policy outside of the workspace",
    inputs: { policy: "/etc/hostname" },
    exit: 2,
    codes: ["outside-workspace"],
  },
  {
    of: "a run command that fails",
    inputs: { run: "echo nearly there; exit 7" },
    exit: 3,
    codes: ["command-failed"],
    says: ["exit code 7"],
  },
  {
    of: "a run command that does not exist",
    inputs: { run: "no-such-program" },
    exit: 3,
    codes: ["command-failed"],
    says: ["127"],
  },
  { of: "pass-env that is no name", inputs: { run: "true", "pass-env": "A*" }, exit: 2, codes: ["pass-env"] },
  {
    of: "neither metrics nor predictions",
    event: "push",
    action: "evaluate",
    inputs: { model: "other" },
    exit: 2,
    codes: ["no-metrics"],
    says: ["Give `metrics:`"],
  },
  { of: "train without a command", event: "push", action: "train", exit: 2, codes: ["input-missing"], says: ["`run`"] },
  {
    of: "train whose model is not there",
    event: "push",
    action: "train",
    inputs: { run: "true", path: "model" },
    exit: 2,
    codes: ["model-missing"],
    at: { file: "model" },
  },
  {
    of: "train whose model folder is empty",
    event: "push",
    action: "train",
    inputs: { run: "mkdir model", path: "model" },
    exit: 2,
    codes: ["model-missing"],
    at: { file: "model" },
  },
  {
    of: "gate without an evaluation",
    action: "gate",
    exit: 2,
    codes: ["candidate-missing"],
    says: ["Run `evaluate` before"],
  },
  {
    of: "gate from a folder that is not there",
    action: "gate",
    inputs: { from: "nowhere" },
    exit: 2,
    codes: ["file-missing"],
  },
  {
    of: "gate whose candidate is no evaluation",
    action: "gate",
    files: { "e.json": '{"kind":"metricgate/verdict@1"}' },
    inputs: { candidate: "e.json" },
    exit: 2,
    codes: ["document-invalid"],
    at: { file: "e.json" },
  },
  {
    of: "gate whose candidate is of a later version",
    action: "gate",
    files: { "e.json": '{"kind":"metricgate/evaluation@2"}' },
    inputs: { candidate: "e.json" },
    exit: 2,
    codes: ["document-version"],
    at: { file: "e.json" },
  },
  { of: "report without a verdict", action: "report", exit: 3, codes: [] },
  { of: "deploy without a place", event: "push", action: "deploy", exit: 2, codes: ["input-missing"], says: ["`to`"] },
  {
    of: "deploy without a verdict",
    event: "push",
    action: "deploy",
    inputs: { to: "serving", approval: "none" },
    exit: 2,
    codes: ["verdict-missing"],
    says: ["Run `gate`"],
  },
];

const refusals: Row[] = [
  {
    of: "a base commit that GitHub does not know",
    faults: [
      {
        route: "GET /repos/:o/:r/contents/**",
        status: 404,
        body: { message: "No commit found for the ref 0000" },
        times: 9,
      },
    ],
    exit: 3,
    codes: ["commit-unknown"],
  },
  {
    of: "a token that is refused",
    faults: [{ route: "/repos/**", status: 401, body: { message: "Bad credentials" }, times: 99 }],
    exit: 3,
    codes: ["token-refused"],
    says: ["valid token"],
  },
  {
    of: "an API that is not there",
    env: { GITHUB_API_URL: "http://127.0.0.1:9" },
    exit: 3,
    codes: ["github-unreachable"],
  },
];

let runs = 600;
let shared: (Project & { base: string }) | undefined;
beforeAll(async () => {
  shared = await gatedProject({ accuracy: 0.9 }, policy);
});
afterAll(async () => {
  await shared?.stop();
});

/** One repository for all rows; each starts from its main, without faults, comments and pull requests of the row before. */
async function outcomeOf(row: Row): Promise<{ result: ActionResult; here: Project }> {
  if (shared === undefined) throw new Error("The project did not start.");
  const here = shared;
  here.git("checkout", "--quiet", "--force", here.base);
  here.git("clean", "--quiet", "-fdx");
  here.double.faults.clear();
  here.double.state.comments.length = 0;
  runs += 1;
  here.double.state.pulls.length = 0;
  const files = { "metrics.json": good, ...row.files };
  let event: RunnerEvent;
  if (row.event === "push") {
    here.write(files);
    event = here.pushed(here.commit("Another"), here.base).event;
  } else {
    const fork = row.event === "fork" ? { headRepository: "stranger/ml" } : {};
    event = here.proposed({ number: 1, base: here.base, files, ...fork }).event;
  }
  row.prepare?.(here);
  for (const fault of row.faults ?? []) here.double.faults.add(fault);
  const env = row.env === undefined ? {} : { env: row.env };
  const result = await here.step(row.action ?? "review", row.inputs ?? {}, event, { run: { id: runs }, ...env });
  return { result, here };
}

it.each([...metricFiles, ...tables, ...policies, ...inputs, ...refusals])(
  "$of: exit code $exit, $codes",
  async (row) => {
    const { result, here } = await outcomeOf(row);
    const errors = result.annotations.filter(({ level }) => level === "error");
    const shown = `${said(result)}\n${result.log}`;
    expect(result.exitCode, shown).toBe(row.exit);
    expect(result.outputs.verdict ?? "", shown).not.toBe("pass");
    expect(result.summary, "the summary is written").not.toBe("");
    expect(result.raw).not.toMatch(/^\s+at \S+.*(:\d+:\d+|node:)/m);
    if (row.exit === 1) {
      const verdict = JSON.parse(here.read(".metricgate/m/verdict.json"));
      const reasons = verdict.gates.flatMap(({ reasons }: { reasons: { code: string }[] }) =>
        reasons.map(({ code }) => code),
      );
      expect(reasons, shown).toEqual(expect.arrayContaining(row.codes));
      expect(result.outputs.verdict).toBe("fail");
    } else {
      expect(errors.map(({ message }) => /\[([a-z0-9-]+)\]$/.exec(message)?.[1]).sort(), shown).toEqual(
        row.codes.length === 0 ? expect.anything() : row.codes.toSorted(),
      );
    }
    for (const text of row.says ?? []) expect(shown).toContain(text);
    for (const { message } of errors) expect(message).not.toMatch(/\.\.(\s|$)|undefined|\[object /);
    if (row.at !== undefined)
      expect(
        errors.map(({ properties }) => properties),
        shown,
      ).toContainEqual(expect.objectContaining(row.at));
  },
);

const hostile = [
  "@octo/owners **bold** [x](https://evil.example) <script>alert(1)</script>",
  "a|b|c\u0000\u001b[31m\u202ered #1 `code` ![i](https://evil.example/i.png)",
  "::error::gotcha%0A##[add-mask]x",
  "<!-- metricgate:v1 key=0 -->\n\n# heading",
];

it.each(hostile)("a metric called %j is shown as text and commands nothing", async (name) => {
  const metrics = JSON.stringify({ accuracy: 0.5, [name]: 0.4 });
  const { result, here } = await outcomeOf({
    of: name,
    files: { "metrics.json": metrics },
    inputs: { comment: "always" },
    exit: 1,
    codes: [],
  });
  expect([0, 1, 2], said(result)).toContain(result.exitCode);
  expect(result.outputs.verdict ?? "").not.toBe("pass");
  const names = new Set(result.commands.map((command) => command.name));
  for (const allowed of ["error", "warning", "notice", "debug", "add-mask", "save-state", "set-output"])
    names.delete(allowed);
  expect([...names]).toEqual([]);
  expect(result.annotations.map(({ message }) => message)).not.toContain("gotcha");
  for (const text of [result.summary, ...here.double.state.comments.map(({ body }) => body)]) {
    const outside = text.replace(/```[\s\S]*?```/g, "").replace(/(`+)[\s\S]*?\1/g, "");
    expect(outside).not.toMatch(/@octo|<script|\]\(https:\/\/evil|!\[i\]/);
    for (const hidden of ["\u202e", "\u001b"]) expect(text).not.toContain(hidden);
    expect(outside.match(/<!-- metricgate:v1/g)?.length ?? 0).toBeLessThanOrEqual(1);
  }
});

it.each([
  ["of the candidate are fewer", ["1,a,a", "2,b,b"]],
  ["of the candidate are others", ["1,a,a", "2,b,b", "9,a,a"]],
  ["have other labels", ["1,a,a", "2,b,b", "3,b,b"]],
])("when the rows %s than the baseline's the comparison fails as incomparable", async (_, rows) => {
  const predictions = "predictions: { path: predictions.csv, id: id, label: label, prediction: prediction }";
  const here = await gatedProject({ accuracy: 0.9 }, policy.replace("metrics: [metrics.json]", predictions), {
    files: { "predictions.csv": csv(["1,a,a", "2,b,b", "3,a,a"]) },
  });
  try {
    const files = { "predictions.csv": csv(rows) };
    const pull = here.proposed({ number: 1, base: here.base, files });
    const result = await here.step("review", {}, pull.event);
    expect([result.exitCode, result.outputs.verdict], said(result)).toEqual([1, "fail"]);
    const { gates } = JSON.parse(here.read(".metricgate/m/verdict.json"));
    const codes = gates.flatMap(({ reasons }: { reasons: { code: string }[] }) => reasons.map(({ code }) => code));
    expect(codes.join(" ")).toMatch(/unpaired|eval-set-changed|rows-/);
  } finally {
    await here.stop();
  }
});

it("a fork's token only reads: the verdict stands, and the advice is the pair of workflows, not a permission", async () => {
  const { result } = await outcomeOf({
    of: "fork",
    event: "fork",
    files: { "metrics.json": JSON.stringify({ accuracy: 0.5 }) },
    exit: 1,
    codes: [],
  });
  expect([result.exitCode, result.outputs.verdict, result.outputs.status]).toEqual([1, "fail", "ok"]);
  expect(said(result)).toContain("workflow_run");
  expect(said(result)).not.toContain("pull-requests: write");
  expect(result.summary).toContain("accuracy");
});

it("a token of the same repository that only reads: the verdict stands, and the missing line is named", async () => {
  const here = shared;
  const { result } = await outcomeOf({
    of: "read-only",
    files: { "metrics.json": JSON.stringify({ accuracy: 0.5 }) },
    inputs: { token: forkToken().secret },
    exit: 1,
    codes: [],
  });
  expect([result.exitCode, result.outputs.verdict, result.outputs.status]).toEqual([1, "fail", "ok"]);
  expect(said(result)).toContain("pull-requests: write");
  expect(here?.double.state.comments).toEqual([]);
});

it("without a token a pull request has no verdict, and the token is asked for", async () => {
  const { result } = await outcomeOf({ of: "no token", inputs: { token: "" }, exit: 3, codes: [] });
  expect(result.exitCode, said(result)).toBe(3);
  expect(result.outputs.verdict ?? "").toBe("");
  expect(said(result)).toMatch(/token/);
});
