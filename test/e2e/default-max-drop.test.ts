import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ActionResult } from "../servers/runner.ts";
import { type Project, said, startProject } from "./project.ts";

const metrics = (accuracy: number) => ({ "metrics.json": JSON.stringify({ accuracy, oddity: 1 / accuracy }) });
const alone = { model: "m", metrics: "metrics.json" };

describe("metrics alone, in a repository without a policy", () => {
  let here: Project;
  let first: ActionResult;
  let base = "";
  let number = 0;

  beforeAll(async () => {
    here = await startProject(metrics(0.9));
    base = here.commit("first");
    const { event, run } = here.pushed(base);
    first = await here.step("review", alone, event, { run: { id: run } });
  });
  afterAll(() => here?.stop());

  async function proposed(accuracy: number, inputs: Record<string, string> = {}) {
    number += 1;
    here.freshJob();
    const files = { ...metrics(accuracy), "README.md": `change ${number}\n` };
    const pull = here.proposed({ number, base, files });
    const result = await here.step("review", { ...alone, ...inputs }, pull.event, { run: { id: 500 + number } });
    const comment = here.double.state.comments.at(-1)?.body ?? "";
    return { result, comment };
  }

  it("the first push records the baseline and is green", () => {
    expect(first.exitCode, said(first)).toBe(0);
    expect(here.double.state.artifacts.map(({ name }) => name)).toContain("metricgate-baseline.m.1");
  });

  it("a worse model makes the pull request red, and the comment says by which rule and what to do", async () => {
    const { result, comment } = await proposed(0.88);
    expect([result.exitCode, result.outputs.verdict], said(result)).toEqual([1, "fail"]);
    expect(JSON.parse(result.outputs["failed-gates"] ?? "")).toEqual(["accuracy/no-regression"]);
    expect(result.outputs["baseline-sha"]).toBe(base);
    expect(comment).toContain("**Policy:** none, so the default `max-drop: 1%` judges every metric");
    expect(comment).toContain("`npx metricgate init` writes a policy");
  });

  it("an equal model, and one that is worse by less than 1 %, leave it green", async () => {
    for (const accuracy of [0.9, 0.895]) {
      const { result } = await proposed(accuracy);
      expect([result.exitCode, result.outputs.verdict], said(result)).toEqual([0, "pass"]);
    }
  });

  it("with max-drop: none a worse model is shown, and nothing is judged", async () => {
    const { result, comment } = await proposed(0.5, { "max-drop": "none" });
    expect([result.exitCode, result.outputs.verdict ?? ""], said(result)).toEqual([0, ""]);
    expect(comment).toContain("measured, not judged");
    expect(comment).not.toContain("default");
  });

  it("another model's name is no way out: one that the base knows is left out, until a policy names both", async () => {
    const { result, comment } = await proposed(0.5, { model: "renamed" });
    expect([result.exitCode, result.outputs.verdict], said(result)).toEqual([1, "fail"]);
    expect(comment).toContain("m, which the base knows, is no longer measured");
    here.freshJob();
    const entry = (model: string) => `  ${model}: { gates: [{ metric: accuracy, max-drop: 1% }] }\n`;
    const policy = `version: 1\nmodels:\n${entry("m")}${entry("second")}`;
    const files = { ...metrics(0.9), ".github/metricgate.yml": policy };
    const pull = here.proposed({ number: 90, base, files });
    const second = await here.step("review", { ...alone, model: "second" }, pull.event, { run: { id: 590 } });
    expect([second.exitCode, second.outputs.verdict], said(second)).toEqual([0, "warn"]);
    expect(second.summary).toContain("first run");
  });
});
