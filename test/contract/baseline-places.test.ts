import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BaselineLookup, BaselineQuery } from "@metricgate/core/ports/baseline-store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gate } from "../../packages/pipeline/src/gate/gate.ts";
import { base, portsIn, pullRequest } from "./mapping/job.ts";

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "places-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const evaluation = (value: number) => {
  const metrics = [{ name: "accuracy", value, direction: "up" }];
  return JSON.stringify({ kind: "metricgate/evaluation@1", model: { name: "m" }, source: {}, metrics });
};

/** Gates with `baseline.from` as given, a store that has a record or none, and a file of its own value. */
async function chosen(from: string[], inStore: boolean, request: { baseline?: string } = {}) {
  const folder = await mkdtemp(join(root, "job-"));
  await writeFile(join(folder, "candidate.json"), evaluation(0.9));
  await writeFile(join(folder, "kept.json"), evaluation(0.7));
  await writeFile(join(folder, "given.json"), evaluation(0.6));
  const policy = {
    version: 1,
    baseline: { from },
    models: { m: { gates: [{ metric: "accuracy", "max-drop": 0.01 }] } },
  };
  await writeFile(join(folder, "policy.yml"), JSON.stringify(policy));
  const asked: BaselineQuery[] = [];
  const tried = [{ from: "base", found: inStore ? "a record" : "no record" }];
  const lookup: BaselineLookup = inStore
    ? {
        found: true,
        from: "base",
        sha: base,
        behind: 0,
        tried,
        known: ["m"],
        files: { evaluation: Buffer.from(evaluation(0.8)) },
      }
    : { found: false, why: "none", tried, known: [] };
  const { verdict } = await gate(
    { policy: "policy.yml", candidate: "candidate.json", ...request },
    {
      ...(await portsIn(folder, pullRequest)),
      store: {
        name: "artifact",
        find: async (query) => {
          asked.push(query);
          return lookup;
        },
        record: async () => ({ written: false, where: "nowhere" }),
      },
    },
  );
  const { document } = verdict;
  return {
    from: document.baseline?.from,
    value: document.gates.at(-1)?.baseline,
    asked: asked.map((query) => query.from),
  };
}

describe("where the policy looks for a baseline: the first hit wins and is named", () => {
  test.each<[string[], boolean, string, number, string[][]]>([
    [["base", "ancestor"], true, "base", 0.8, [["base", "ancestor"]]],
    [["file:kept.json"], true, "file:kept.json", 0.7, []],
    [["file:kept.json", "base"], true, "file:kept.json", 0.7, []],
    [["base", "file:kept.json"], true, "base", 0.8, [["base"]]],
    [["base", "file:kept.json"], false, "file:kept.json", 0.7, [["base"]]],
    [["base", "latest", "file:kept.json", "ancestor"], false, "file:kept.json", 0.7, [["base", "latest"]]],
  ])("%j, a record in the store: %s → %s", async (from, inStore, hit, value, asked) => {
    expect(await chosen(from, inStore)).toEqual({ from: hit, value, asked });
  });

  test("a baseline that is given overrides the policy and the store", async () => {
    expect(await chosen(["base"], true, { baseline: "given.json" })).toEqual({
      from: "file:given.json",
      value: 0.6,
      asked: [],
    });
  });
});
