import { expect, it } from "vitest";
import { type Answer, type Sent, scripted } from "../test/scripted-fetch.ts";
import { type CheckRequest, upsertCheck } from "./check.ts";

interface Run {
  id: number;
  html_url: string;
  external_id: unknown;
  conclusion: unknown;
  output: { title: unknown; summary: unknown; annotations_count: number };
}

/** The check runs of one commit; a fault may come before or after the n-th write took effect. */
function commitWithChecks(fault?: (write: number, commit: () => void) => Answer | undefined) {
  const runs: Run[] = [];
  let writes = 0;
  const answer = ({ method, path, body }: Sent): Answer => {
    const one = runs.find((run) => path.endsWith(`/check-runs/${run.id}`));
    if (method === "GET")
      return { status: 200, json: one ?? { total_count: runs.length, check_runs: runs.toReversed() } };
    const output = body.output as { title: string; summary: string; annotations: unknown[] };
    const added = output.annotations.length;
    let run = one;
    const commit = () => {
      if (run) {
        run.output.annotations_count += added;
        return;
      }
      run = {
        id: runs.length + 1,
        html_url: `https://github.test/r/${runs.length + 1}`,
        external_id: body.external_id,
        conclusion: body.conclusion,
        output: { title: output.title, summary: output.summary, annotations_count: added },
      };
      runs.push(run);
    };
    const failed = fault?.(++writes, commit);
    if (failed !== undefined) return failed;
    commit();
    return { status: one ? 200 : 201, json: run };
  };
  return { ...scripted(answer), runs };
}

const request = (more: Partial<CheckRequest> = {}): CheckRequest => ({
  repo: "octo/ml",
  headSha: "a".repeat(40),
  name: "metricgate",
  externalId: "abc",
  conclusion: "failure",
  title: "Worse",
  summary: "recall fell",
  ...more,
});
const annotations = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ path: "p.yml", line: i + 1, level: "failure" as const, message: "m" }));

it("sends annotations in batches of 50", async () => {
  const github = commitWithChecks();
  expect((await upsertCheck(github.client, request({ annotations: annotations(120) }))).outcome).toBe("created");
  const sizes = github.writes().map((s) => (s.body.output as { annotations: unknown[] }).annotations.length);
  expect(sizes).toEqual([50, 50, 20]);
  expect(github.runs[0]?.output.annotations_count).toBe(120);
});

it("writes nothing when the same is there", async () => {
  const github = commitWithChecks();
  await upsertCheck(github.client, request({ annotations: annotations(60) }));
  const again = await upsertCheck(github.client, request({ annotations: annotations(60) }));
  expect(again).toEqual({ outcome: "unchanged", url: "https://github.test/r/1" });
  expect(github.writes()).toHaveLength(2);
});

it("makes a new one when the answer is another", async () => {
  const github = commitWithChecks();
  await upsertCheck(github.client, request());
  expect((await upsertCheck(github.client, request({ conclusion: "success", title: "Better" }))).outcome).toBe(
    "created",
  );
  expect(github.runs).toHaveLength(2);
});

it.each([1, 2])("exists once with all annotations when the answer to write %i is lost", async (lost) => {
  const github = commitWithChecks((write, commit) => {
    if (write !== lost) return undefined;
    commit();
    return "reset";
  });
  await upsertCheck(github.client, request({ annotations: annotations(80) }));
  expect(github.runs).toHaveLength(1);
  expect(github.runs[0]?.output.annotations_count).toBe(80);
});

it("completes one whose annotations broke off", async () => {
  const github = commitWithChecks((write) => (write === 2 ? { status: 422, json: { message: "no" } } : undefined));
  await expect(upsertCheck(github.client, request({ annotations: annotations(80) }))).rejects.toThrow();
  expect((await upsertCheck(github.client, request({ annotations: annotations(80) }))).outcome).toBe("completed");
  expect(github.runs[0]?.output.annotations_count).toBe(80);
});

it("cuts a summary that GitHub would refuse at the end of a line, and finds it again", async () => {
  const github = commitWithChecks();
  const summary = `${"x".repeat(99)}\n`.repeat(700);
  await upsertCheck(github.client, request({ summary }));
  const sent = String(github.runs[0]?.output.summary);
  expect(sent.length).toBeLessThanOrEqual(65_535);
  expect(sent).toMatch(/x{99}\n\nThe rest was too long to show here\.$/);
  expect((await upsertCheck(github.client, request({ summary }))).outcome).toBe("unchanged");
});

it("another's check of the same name and words is left alone", async () => {
  const github = commitWithChecks();
  await upsertCheck(github.client, request({ externalId: "theirs" }));
  expect((await upsertCheck(github.client, request())).outcome).toBe("created");
});
