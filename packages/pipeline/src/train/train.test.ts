import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandSpec } from "@metricgate/core/ports/engine";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDocument } from "../chain/read-document.ts";
import { hashing } from "../workspace/hashing.ts";
import { nodeWorkspace } from "../workspace/node-workspace.ts";
import { plannedRuns } from "./planned-runs.ts";
import { train } from "./train.ts";

let root = "";
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "train-")));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Trains with a command that writes the seed as its model, or fails with exit code 9 at the seed given. */
async function trained(given: { repeat?: number; seeds?: string[]; path?: string }, failsAt?: string) {
  const workspace = await nodeWorkspace(await mkdtemp(join(root, "job-")));
  const ran: CommandSpec[] = [];
  const ports = {
    workspace,
    hashing,
    messages: { info: () => undefined, warn: () => undefined },
    change: { event: "local", recordsBaseline: false },
    engine: {
      name: "test",
      run: async (spec: CommandSpec) => {
        ran.push(spec);
        const seed = spec.environment.METRICGATE_SEED ?? "none";
        await workspace.write(`out/run-${spec.environment.METRICGATE_RUN ?? 1}/w`, seed);
        const resources = {
          startedAt: `2026-11-20T12:00:0${ran.length}Z`,
          wallSeconds: 2,
          peakMemoryBytes: 10 - ran.length,
        };
        return { exit: { code: seed === failsAt ? 9 : 0, interrupted: false }, resources, tail: "the end" };
      },
    },
  };
  const outcome = await train({ model: "m", policy: ".github/metricgate.yml", run: "train.py", ...given }, ports).then(
    (result) => ({ result, thrown: undefined, text: undefined }),
    (thrown: { problems?: { code: string; text: string }[] }) => ({
      result: undefined,
      thrown: thrown.problems?.[0]?.code,
      text: thrown.problems?.[0]?.text,
    }),
  );
  const written = await workspace.exists(".metricgate/m/training.json");
  const record = written
    ? (await readDocument(workspace, "training", ".metricgate/m/training.json", hashing)).document
    : undefined;
  return { ...outcome, record, ran: ran.map(({ environment }) => environment), workspace };
}

const path = "out/run-{run}";

describe("several training runs", () => {
  it("run once per seed, see number and seed, and keep their models apart; the first model is the model", async () => {
    const { result, record, ran } = await trained({ seeds: ["11, 12", "13"], path });
    expect(ran).toEqual(
      ["11", "12", "13"].map((seed, at) => ({ METRICGATE_RUN: String(at + 1), METRICGATE_SEED: seed })),
    );
    expect(record?.runs?.map(({ seed }) => seed)).toEqual([11, 12, 13]);
    expect(new Set(record?.runs?.map(({ model }) => model)).size).toBe(3);
    expect(record?.model.digest).toBe(record?.runs?.[0]?.model);
    expect(result).toMatchObject({ path: "out/run-1", digest: record?.model.digest });
  });

  it("add their times up, and take the largest memory", async () => {
    const { record } = await trained({ repeat: 3, path });
    expect(record?.run?.resources).toEqual({ startedAt: "2026-11-20T12:00:01Z", wallSeconds: 6, peakMemoryBytes: 9 });
  });

  it("end at the first that fails, which is recorded with its seed; then there is no model", async () => {
    const { thrown, text, record, ran } = await trained({ repeat: 3, path }, "2");
    expect(thrown).toBe("command-failed");
    expect(text).toContain("of run 2 of 3 (seed 2) ended with exit code 9");
    expect(ran).toHaveLength(2);
    expect(record).toMatchObject({
      exit: { code: 9 },
      runs: [
        { seed: 1, exit: { code: 0 } },
        { seed: 2, exit: { code: 9 } },
      ],
    });
    expect(record?.model).not.toHaveProperty("digest");
  });

  it("of one without a seed record no runs, and set no variable", async () => {
    const { record, ran } = await trained({ path: "out/run-1" });
    expect(record).not.toHaveProperty("runs");
    expect(ran).toEqual([{}]);
  });
});

describe("what is refused before anything runs", () => {
  it.each<[string, Parameters<typeof plannedRuns>[0]]>([
    ["two runs that share a folder", { repeat: 2, path: "model" }],
    ["a placeholder without runs", { path }],
    ["fewer seeds than runs", { repeat: 3, seeds: ["1,2"] }],
    ["more seeds than runs", { repeat: 1, seeds: ["1,2"] }],
    ["a seed twice", { seeds: ["1,2,1"] }],
    ["a seed that is no number", { seeds: ["1,two"] }],
    ["a seed beyond exact numbers", { seeds: ["1".repeat(17)] }],
    ["more runs than can be kept", { repeat: 101, path }],
  ])("%s", async (_, given) => {
    expect(() => plannedRuns(given)).toThrow();
    const { repeat, seeds } = given;
    const { thrown, ran, record } = await trained({
      ...(repeat === undefined ? {} : { repeat }),
      ...(seeds === undefined ? {} : { seeds: [...seeds] }),
      ...(given.path === undefined ? {} : { path: given.path }),
    });
    expect([thrown, ran.length, record]).toEqual(["input-invalid", 0, undefined]);
  });
});

describe("planned runs", () => {
  it("replace run and seed wherever they stand in the path", () => {
    expect(plannedRuns({ seeds: ["7"], path: "{seed}/{run}/{seed}" })).toEqual([
      { run: 1, seed: 7, path: "7/1/7", environment: { METRICGATE_RUN: "1", METRICGATE_SEED: "7" } },
    ]);
  });

  it("take the seeds 1 and on when only their number is given", () => {
    expect(plannedRuns({ repeat: 3 }).map(({ seed }) => seed)).toEqual([1, 2, 3]);
  });
});
