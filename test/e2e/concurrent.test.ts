import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadRepository } from "../servers/double/seed.ts";
import { pullRequestEvent } from "../servers/runner/events.ts";
import { type ActionResult, runAction } from "../servers/runner.ts";
import { gatedProject, type Project, policyOf, said, workflow } from "./project.ts";

const runs = 20;
let here: Project & { base: string };
const folder = mkdtempSync(join(tmpdir(), "concurrent-"));
const pushes: { head: string; merge: string; accuracy: number }[] = [];

beforeAll(async () => {
  here = await gatedProject({ accuracy: 0.9 }, policyOf(["{ metric: accuracy, max-drop: 0.02 }"]));
  const accuracyOf = (push: number) => 0.6 + push / 100;
  const metrics = (push: number) => ({ "metrics.json": JSON.stringify({ accuracy: accuracyOf(push) }) });
  const first = here.proposed({ number: 1, base: here.base, files: metrics(1) });
  pushes.push({ head: first.head, merge: first.merge, accuracy: accuracyOf(1) });
  for (let push = 2; push <= runs; push += 1) {
    here.git("checkout", "--quiet", "--force", "change-1");
    here.write(metrics(push));
    const head = here.commit(`Push ${push}`);
    here.git("checkout", "--quiet", "--detach", here.base);
    here.git("merge", "--quiet", "--no-ff", "--message", `Merge ${head}`, head);
    const merge = here.git("rev-parse", "HEAD");
    here.git("tag", `merge-${push}`, merge);
    pushes.push({ head, merge, accuracy: accuracyOf(push) });
  }
  here.git("tag", "merge-1", first.merge);
  loadRepository(here.double.world, here.folder);
  const pull = here.double.state.pulls[0];
  if (pull !== undefined) pull.head.sha = pushes.at(-1)?.head ?? "";
});
afterAll(async () => {
  await here.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The run of a push, in a folder of its own as every job has. */
function reviewed(push: number): Promise<ActionResult> {
  const { head, merge } = pushes[push - 1] ?? { head: "", merge: "" };
  const workspace = join(folder, `run-${push}-${process.hrtime.bigint()}`);
  execFileSync("git", ["clone", "--quiet", "--branch", `merge-${push}`, here.folder, workspace], { stdio: "pipe" });
  return runAction({
    action: "review",
    inputs: { comment: "always", html: "false" },
    event: pullRequestEvent({ number: 1, headSha: head, baseSha: here.base, mergeSha: merge, headRef: "change-1" }),
    workspace,
    double: here.double,
    run: { id: 500 + push, attempt: 1, path: workflow, name: "gate" },
    limitMs: 110_000,
  });
}

test(`${runs} runs of ${runs} pushes at the same moment leave one comment, of the newest head`, async () => {
  const newest = pushes.at(-1);
  // Writes are slow, so that many runs have looked before any comment is there.
  here.double.faults.add({ route: "POST /repos/:o/:r/issues/1/comments", times: runs, delayMs: 6000 });
  const started = performance.now();
  const results = await Promise.all(pushes.map((_, index) => reviewed(index + 1)));
  const seconds = (performance.now() - started) / 1000;
  for (const result of results) expect([result.exitCode, result.outputs.verdict], said(result)).toEqual([1, "fail"]);
  const left = here.double.state.comments;
  const made = here.double.requests.filter(({ method, path }) => method === "POST" && path.endsWith("/1/comments"));
  console.log(`${runs} runs at once in ${seconds.toFixed(1)} s, ${made.length} made a comment, ${left.length} is left`);
  expect(made.length).toBeGreaterThan(1);
  expect(left).toHaveLength(1);
  expect(left[0]?.body).toContain(`"head":"${newest?.head}"`);
  expect(left[0]?.body).toContain(newest?.accuracy.toFixed(3));
  here.double.faults.clear();
  // A run that was asleep and wakes last changes nothing.
  const before = left[0]?.body;
  await Promise.all([reviewed(3), reviewed(11)]);
  expect(here.double.state.comments.map(({ body }) => body)).toEqual([before]);
});
