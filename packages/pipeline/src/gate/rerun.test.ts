import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BaselineFiles, BaselineLookup } from "@metricgate/core/ports/baseline-store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluate } from "../evaluate/evaluate.ts";
import { hashing } from "../workspace/hashing.ts";
import { nodeWorkspace } from "../workspace/node-workspace.ts";
import { gate } from "./gate.ts";
import type { EarlierAttempt } from "./gate-ports.ts";

let root = "";
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "rerun-")));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const label = (id: number) => (id % 2 === 0 ? "no" : "yes");
/** Four hundred rows from `first` on; those that `wrong` says are predicted wrongly. */
const table = (wrong: (id: number) => boolean, first = 0) =>
  `id,label,prediction\n${Array.from({ length: 400 }, (_, id) => {
    return `r${first + id},${label(id)},${wrong(id) ? label(id + 1) : label(id)}\n`;
  }).join("")}`;
/** The last forty rows are wrong, and the first so many besides. */
const worseBy = (rows: number) => table((id) => id >= 360 || id < rows);
const base = { branch: "main", sha: "b".repeat(40) };
const policyOf = (more: object = {}, model: object = {}) => ({
  version: 1,
  ...more,
  models: { m: { gates: [{ metric: "accuracy", "max-drop": 0.01 }], ...model } },
});

async function ports() {
  return {
    workspace: await nodeWorkspace(await mkdtemp(join(root, "job-"))),
    hashing,
    messages: { info: () => undefined, warn: () => undefined },
    change: { event: "local", recordsBaseline: false, base },
    engine: { name: "none", run: () => Promise.reject(new Error("nothing is run here")) },
  };
}

/** What `evaluate` wrote about a table. */
async function measured(text: string, evalSet?: string): Promise<BaselineFiles & { digest: string | undefined }> {
  const job = await ports();
  await job.workspace.write("p.csv", text);
  if (evalSet !== undefined) await job.workspace.write("data.csv", evalSet);
  const request = {
    model: "m",
    policy: ".github/metricgate.yml",
    predictions: "p.csv",
    positive: "yes",
    compute: ["accuracy"],
  };
  const result = await evaluate({ ...request, ...(evalSet === undefined ? {} : { "eval-set": ["data.csv"] }) }, job);
  const [evaluation = "", rows = ""] = result.files;
  return {
    evaluation: await job.workspace.read(evaluation),
    rows: await job.workspace.read(rows),
    digest: result.evaluation.document.evalSet?.digest,
  };
}

async function judged(
  policy: object,
  candidate: BaselineFiles,
  baseline: BaselineFiles,
  earlier: BaselineFiles[] = [],
) {
  const job = await ports();
  await writeFile(join(job.workspace.root, "policy.yml"), JSON.stringify(policy));
  await job.workspace.write("evaluation.json", candidate.evaluation);
  if (candidate.rows !== undefined) await job.workspace.write("rows.csv", candidate.rows);
  const lookup: BaselineLookup = { found: true, from: "base", sha: base.sha, files: baseline, tried: [], known: ["m"] };
  const attempts = earlier.map(({ evaluation, rows }, at): EarlierAttempt => {
    return { attempt: at + 1, evaluation, ...(rows === undefined ? {} : { rows }) };
  });
  const result = await gate(
    { policy: "policy.yml", candidate: "evaluation.json" },
    {
      ...job,
      store: { name: "file", find: async () => lookup, record: async () => ({ written: false, where: "" }) },
      earlierAttempts: async () => attempts,
    },
  );
  const again = await gate({ policy: "", from: ".metricgate/m" }, job);
  expect(again.verdict.digest).toBe(result.verdict.digest);
  return { document: result.verdict.document, files: await job.workspace.find([".metricgate/m/earlier*"]) };
}

describe("running again until it is green", () => {
  it("does not work where the loss is seen row by row only: the earlier attempt keeps its rows", async () => {
    const [before, worse, luckier] = [
      await measured(worseBy(0)),
      await measured(worseBy(8)),
      await measured(worseBy(0)),
    ];
    const first = await judged(policyOf(), worse, before);
    expect(first.document.verdict).toBe("fail");
    const second = await judged(policyOf(), luckier, before, [worse]);
    expect(second.document.verdict).toBe("fail");
    expect(second.document.gates[0]?.reasons.at(-1)).toMatchObject({ code: "earlier-attempt" });
    expect(second.files).toEqual([".metricgate/m/earlier-1-rows.csv", ".metricgate/m/earlier-1.json"]);
    const third = await judged(policyOf(), luckier, before, [worse, luckier, luckier]);
    expect(third.document.verdict).toBe("fail");
  });

  it("is shown and counts for nothing where the policy lets the latest attempt count", async () => {
    const [before, worse] = [await measured(worseBy(0)), await measured(worseBy(8))];
    const { document } = await judged(policyOf({ "on-rerun": "latest" }), before, before, [worse]);
    expect(document.verdict).toBe("pass");
    expect(document.notes?.map(({ code }) => code)).toContain("earlier-attempt-ignored");
  });

  it("is averaged where the policy pools the attempts: their mean is judged with the noise between them", async () => {
    const pool = policyOf({ "on-rerun": "pool" });
    const [before, worse, lucky] = [
      await measured(worseBy(0)),
      await measured(worseBy(80)),
      await measured(worseBy(72)),
    ];
    const { document } = await judged(pool, lucky, before, [worse, await measured(worseBy(76))]);
    const [gate] = document.gates;
    expect(document.verdict).toBe("fail");
    expect(gate?.candidate).toBeCloseTo(0.9 - 76 / 400, 12);
    expect(gate?.change).toBeCloseTo(-76 / 400, 12);
    expect(gate?.interval?.method).toContain("repeats");
    expect(document.notes?.find(({ code }) => code === "attempts-pooled")?.text).toMatch(/^3 attempts/);
    const noisy = await judged(pool, await measured(worseBy(0)), before, [await measured(worseBy(12))]);
    expect(noisy.document.verdict).not.toBe("fail");
    expect(noisy.document.gates[0]?.change).toBeCloseTo(-6 / 400, 12);
  });

  it("the order of the pooled attempts does not matter", async () => {
    const pool = policyOf({ "on-rerun": "pool" });
    const [before, mine] = [await measured(worseBy(0)), await measured(worseBy(4))];
    const earlier = [await measured(worseBy(8)), await measured(worseBy(16)), await measured(worseBy(2))];
    const one = await judged(pool, mine, before, earlier);
    const other = await judged(pool, mine, before, earlier.toReversed());
    expect(other.document.gates).toEqual(one.document.gates);
  });

  it("attempts that cannot be pooled, since one has no rows, are judged by the worst", async () => {
    const [before, worse] = [await measured(worseBy(0)), await measured(worseBy(80))];
    const { rows: _, ...bare } = worse;
    const { document } = await judged(policyOf({ "on-rerun": "pool" }), before, before, [bare]);
    expect(document.notes?.some(({ code }) => code === "attempts-pooled") ?? false).toBe(false);
    expect(document.verdict).toBe("fail");
  });

  it("keeps no second copy of the rows of an attempt that measured the same", async () => {
    const before = await measured(worseBy(0));
    const { files, document } = await judged(policyOf(), before, before, [before]);
    expect(document.verdict).toBe("pass");
    expect(files).toEqual([".metricgate/m/earlier-1.json"]);
  });
});

describe("a planned change of the eval set", () => {
  const rightRows = async () => {
    const before = await measured(
      table((id) => id >= 360),
      "old",
    );
    const after = await measured(
      table((id) => id >= 360, 1000),
      "new",
    );
    return { before, after };
  };

  it("is incomparable and fails as long as nobody admits it", async () => {
    const { before, after } = await rightRows();
    const { document } = await judged(policyOf(), after, before);
    expect(document).toMatchObject({ verdict: "fail", counts: { pass: 0, incomparable: 1 } });
  });

  it("that the policy admits is compared without pairs, by an interval that is wider, and says so", async () => {
    const { before, after } = await rightRows();
    const wide = { gates: [{ metric: "accuracy", "max-drop": 0.1 }], "accept-eval-set": after.digest };
    const { document } = await judged(policyOf({}, wide), after, before);
    expect(document.notes?.map(({ code }) => code)).toContain("eval-set-accepted");
    const [result] = document.gates;
    expect(result).toMatchObject({ outcome: "pass", change: 0 });
    expect(result?.interval?.method).toMatch(/^unpaired/);
    expect((result?.interval?.high ?? 0) - (result?.interval?.low ?? 0)).toBeGreaterThan(0.05);
  });

  it("that the policy admits passes no narrow margin without proof", async () => {
    const { before, after } = await rightRows();
    const { document } = await judged(policyOf({}, { "accept-eval-set": after.digest }), after, before);
    expect(document).toMatchObject({ verdict: "warn", counts: { pass: 0, inconclusive: 1 } });
  });

  it("admits that one change only: other data after it are incomparable again", async () => {
    const { before, after } = await rightRows();
    const other = await measured(
      table((id) => id >= 360, 2000),
      "newer",
    );
    const { document } = await judged(policyOf({}, { "accept-eval-set": after.digest }), other, before);
    expect(document).toMatchObject({ verdict: "fail", counts: { pass: 0, incomparable: 1 } });
  });
});
