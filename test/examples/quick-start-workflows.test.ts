import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { z } from "zod";
import { inputs as deploy } from "../../actions/deploy/src/inputs.ts";
import { inputs as evaluate } from "../../actions/evaluate/src/inputs.ts";
import { inputs as gate } from "../../actions/gate/src/inputs.ts";
import { inputs as report } from "../../actions/report/src/inputs.ts";
import { inputs as review } from "../../actions/review/src/inputs.ts";
import { inputs as train } from "../../actions/train/src/inputs.ts";
import { policy } from "../../packages/core/src/policy/schema.ts";
import { committed } from "./quick-start-project.ts";

const schemas: Record<string, z.ZodType> = {
  "OWNER/metricgate@v1": review,
  "OWNER/metricgate/actions/train@v1": train,
  "OWNER/metricgate/actions/evaluate@v1": evaluate,
  "OWNER/metricgate/actions/gate@v1": gate,
  "OWNER/metricgate/actions/report@v1": report,
  "OWNER/metricgate/actions/deploy@v1": deploy,
};
type Step = { uses?: string; run?: string; with?: Record<string, unknown> };
type Job = { permissions?: Record<string, string>; environment?: string; steps: Step[]; "runs-on": unknown };
type Workflow = { permissions: Record<string, string>; jobs: Record<string, Job> };

const folder = join(committed, ".github/workflows");
const names = readdirSync(folder);
const workflow = (name: string): Workflow => parse(readFileSync(join(folder, name), "utf8"));
const ours = (step: Step) => step.uses?.startsWith("OWNER/metricgate") === true;
const runsCode = (step: Step) =>
  step.run !== undefined || step.uses?.startsWith("actions/checkout") === true || step.with?.run !== undefined;

describe("the policy of the example", () => {
  it("is one that the schema accepts, for data that exists", () => {
    const found = policy.parse(parse(readFileSync(join(committed, ".github/metricgate.yml"), "utf8")));
    const files = found.models["bird-strike"]?.["eval-set"]?.files ?? [];
    expect(files).toEqual(["data/eval.csv"]);
    for (const file of files) expect(existsSync(join(committed, file))).toBe(true);
  });
});

describe("the workflows of the example", () => {
  it("are the quick start, the hardened gate and the release", () => {
    expect(names).toEqual(["gate.yml", "hardened.yml", "release.yml"]);
  });

  it("start in at most 20 lines", () => {
    expect(readFileSync(join(folder, "gate.yml"), "utf8").trimEnd().split("\n").length).toBeLessThanOrEqual(20);
  });

  it.each(names)("%s gives our actions only inputs that they have, of the right type", (name) => {
    const steps = Object.values(workflow(name).jobs)
      .flatMap((job) => job.steps)
      .filter(ours);
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) {
      const schema = schemas[step.uses ?? ""];
      expect(schema, step.uses).toBeDefined();
      // The platform hands inputs over as text; an expression stands for a digest here.
      const given = Object.entries(step.with ?? {}).map(([key, value]) => [
        key,
        String(value).replace(/\$\{\{.*\}\}/, `sha256:${"0".repeat(64)}`),
      ]);
      expect(schema?.safeParse(Object.fromEntries(given))).toMatchObject({ success: true });
    }
  });

  it.each(names)("%s keeps no credentials beside the code that it runs", (name) => {
    for (const step of Object.values(workflow(name).jobs).flatMap((job) => job.steps)) {
      if (step.uses?.startsWith("actions/checkout")) expect(step.with?.["persist-credentials"]).toBe(false);
    }
  });

  it("hardened.yml never runs the pull request's code where something can be written", () => {
    const { permissions, jobs } = workflow("hardened.yml");
    expect(permissions).toEqual({});
    const writing = Object.values(jobs).filter((job) => Object.values(job.permissions ?? {}).includes("write"));
    expect(writing.length).toBe(1);
    for (const job of writing) expect(job.steps.filter(runsCode)).toEqual([]);
    for (const job of Object.values(jobs).filter((job) => job.steps.some(runsCode))) {
      expect(job.permissions).toEqual({ contents: "read" });
    }
  });

  it("release.yml deploys behind an environment what the build job measured", () => {
    const { build, deploy: deployment } = workflow("release.yml").jobs;
    expect(deployment?.environment).toBe("production");
    expect(deployment?.steps.some((step) => step.run?.includes("train"))).toBe(false);
    expect(deployment?.steps.find(ours)?.with?.["model-digest"]).toMatch(
      /^\$\{\{ needs\.build\.outputs\.model-digest \}\}$/,
    );
    expect(Object.values(build?.permissions ?? {})).not.toContain("write");
  });
});
