import { describe, expect, test } from "vitest";
import { readLog } from "../servers/runner/log-commands.ts";
import { metricgate } from "./cli.ts";
import { keep } from "./kept.ts";
import { measuredPull } from "./measured-pull.ts";
import { said, startProject } from "./project.ts";

const forged = "a\n::error::forged\r::warning::forged ##[error]forged\u001b[2J";
const harmful = new RegExp(`[${String.fromCodePoint(7, 27)}]`);

describe("an action's log with a file whose name holds commands of the runner", () => {
  test("plan names the file and issues none of them", async () => {
    const policy = "version: 1\nmodels: { m: { paths: [models/**], gates: [{ metric: accuracy }] } }\n";
    const here = keep(await startProject({ ".github/metricgate.yml": policy }));
    const { event } = here.proposed({
      number: 1,
      base: here.commit("A model"),
      files: { [`models/${forged}`]: "x" },
    });
    const result = await here.step("plan", {}, event);
    expect([result.exitCode, result.outputs.models], said(result)).toEqual([0, '["m"]']);
    expect(result.log).toContain("models/a\\u000a::error::forged");
    expect([result.annotations, result.raw.match(harmful)]).toEqual([[], null]);
  });

  test("the trusted report's log, status and comment show it, and issue none", async () => {
    const { here, trusted, status } = await measuredPull(0.91, { files: { [`eval/${forged}`]: "x" } });
    keep(here);
    const result = await trusted();
    expect(result.exitCode, said(result)).toBe(0);
    expect(status().at(-1)).toMatchObject({
      state: "pending",
      description: expect.stringContaining("eval/a\\u000a::"),
    });
    expect(result.log).toContain("Protected: eval/a\\u000a::");
    expect(said(result)).not.toContain("forged");
    expect(result.raw).not.toMatch(harmful);
  });
});

describe("the command line prints no command and no sequence that a file names", () => {
  const policy = `version: 1\nmodels:\n  m:\n    metrics: [m.json]\n    gates:\n      - { metric: ${JSON.stringify(forged)}, direction: up, max-drop: 0.1, min: 0.5 }\n`;
  const files = {
    ".github/metricgate.yml": policy,
    "m.json": JSON.stringify({ [forged]: 0.4, "b\u0007": 1 }),
    [forged]: "version: 1\n",
    "deep/::error::forged.json": "{",
  };

  test.each([
    ["evaluate", ["evaluate"]],
    ["gate", ["gate"]],
    ["gate --why", ["gate", "--why", forged]],
    ["gate --why of a gate that is not there", ["gate", "--why", `${forged}x`]],
    ["gate --json", ["gate", "--json"]],
    ["check --explain", ["check", "--explain"]],
    ["check of such a file", ["check", forged]],
    ["formats", ["formats", "m.json"]],
    ["formats of such a file", ["formats", forged]],
    ["formats of a file that is not there", ["formats", "::error::forged"]],
    ["compare", ["compare", "m.json", forged]],
    ["report", ["report", "--format", "text"]],
    ["deploy that is refused", ["deploy", "--to", forged, "--approval", "none"]],
    ["plan with a base that is not there", ["plan", "--base", forged]],
    ["a verb that is none", [forged]],
    ["a flag that is none", ["gate", `--${forged}`]],
  ])("%s", async (_, words) => {
    const here = keep(await startProject(files));
    here.commit("Names");
    expect(metricgate(here.folder, ["evaluate"]).code).toBe(0);
    metricgate(here.folder, ["gate"]);
    const result = metricgate(here.folder, words, { env: { CI: "true", GITHUB_ACTIONS: "true" } });
    expect([0, 1, 2], `${result.out}${result.messages}`).toContain(result.code);
    expect(result.out + result.messages).not.toBe("");
    for (const printed of [result.out, result.messages]) {
      expect(readLog(printed).commands).toEqual([]);
      expect(printed).not.toMatch(harmful);
    }
  });
});
