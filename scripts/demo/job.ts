import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { RunnerEvent } from "../../test/servers/runner/events.ts";
import { type ActionResult, runAction } from "../../test/servers/runner.ts";
import type { Project } from "./project.ts";
import { say } from "./say.ts";

/** A job of the demo: what its steps gave, and the deploy step that may follow. */
export interface DemoJob {
  train: ActionResult;
  review: ActionResult;
  deploy(inputs: Record<string, string>): Promise<ActionResult>;
  /** Says what should have happened, and ends the demo when it did not. */
  expect(what: string, happened: boolean): void;
}

/** Runs train and review as a runner would, from their committed bundle, and keeps the documents. */
export async function demoJob(
  project: Project,
  job: { name: string; event: RunnerEvent; run: number },
): Promise<DemoJob> {
  const { folder, double, out } = project;
  for (const made of [".metricgate", "model", "out", "checkpoint"])
    rmSync(join(folder, made), { recursive: true, force: true });
  const common = {
    event: job.event,
    workspace: folder,
    double,
    run: { id: job.run, attempt: 1, path: ".github/workflows/gate.yml" },
  };
  const done: ActionResult[] = [];
  const run = async (action: string, inputs: Record<string, string>) => {
    const began = Date.now();
    const result = await runAction({ ...common, action, inputs: { model: "bird-strike", ...inputs } });
    done.push(result);
    say(`  ${action}: exit code ${result.exitCode}, ${((Date.now() - began) / 1000).toFixed(1)} s`);
    cpSync(join(folder, ".metricgate"), join(out, job.name), { recursive: true });
    return result;
  };
  const train = await run("train", { run: "node train.mjs", path: "model" });
  const review = await run("review", { run: "node evaluate.mjs", path: "model" });
  return {
    train,
    review,
    deploy: (inputs) => run("deploy", { environment: "production", ...inputs }),
    expect(what, happened) {
      say(`  ${happened ? "✔" : "✘"} ${what}`);
      if (happened) return;
      for (const { log, annotations } of done) say([log, ...annotations.map(({ message }) => message)].join("\n"));
      throw new Error(`the demo went another way than it should: ${what}`);
    },
  };
}
