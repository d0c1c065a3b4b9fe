import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UnavailableError } from "@metricgate/core/errors/unavailable-error";
import type { BaselineStore, KeptVerdict } from "@metricgate/core/ports/baseline-store";
import type { Change } from "@metricgate/core/ports/change";
import { afterAll, beforeAll, expect, it } from "vitest";
import { evaluate } from "../evaluate/evaluate.ts";
import { hashing } from "../workspace/hashing.ts";
import { nodeWorkspace } from "../workspace/node-workspace.ts";
import { gate } from "./gate.ts";
import { readPast } from "./read-past.ts";

let root = "";
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "kept-")));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const sha = "a".repeat(40);
const path = ".github/metricgate.yml";
const waiver = (gated: string) => ({ model: "m", gate: gated, reason: "RISK-7", by: "asha", until: "2026-12-15" });
const push: Partial<Change> = { event: "push", recordsBaseline: true };

/** A push that measures this latency under a ceiling of 100 is evaluated and gated; what it left and what was said. */
async function judged(latency: number, waived: readonly string[], change = push, fails = false) {
  const kept: KeptVerdict[] = [];
  const warned: string[] = [];
  const store: BaselineStore = {
    name: "branch",
    find: async () => ({ found: false, why: "none", tried: [], known: [] }),
    record: async () => ({ written: true, where: "here" }),
    keepVerdict: async (entry) => {
      if (fails) throw new UnavailableError("ledger-refused", "The branch is protected.", "Exempt it.");
      kept.push(entry);
      return { written: true, where: "here" };
    },
  };
  const base = { branch: "main", sha: "b".repeat(40) };
  const job = {
    workspace: await nodeWorkspace(await mkdtemp(join(root, "job-"))),
    hashing,
    messages: { info: () => undefined, warn: (text: string) => warned.push(text) },
    change: { event: "local", recordsBaseline: false, sha, committedAt: "2026-11-20T09:00:00Z", base, ...change },
    engine: { name: "none", run: () => Promise.reject(new Error("nothing is run here")) },
    store,
  };
  const models = { m: { gates: [{ metric: "latency_ms", max: 100, direction: "down" }] } };
  const waivers = waived.length === 0 ? {} : { waivers: waived.map(waiver) };
  await job.workspace.write(path, JSON.stringify({ version: 1, models, ...waivers, "on-missing-baseline": "warn" }));
  await job.workspace.write("m.json", JSON.stringify({ latency_ms: latency, f1: 0.5 }));
  const measured = await evaluate({ model: "m", policy: path, metrics: ["m.json"] }, job);
  const result = await gate({ model: "m", policy: path }, job);
  const evaluation = await job.workspace.read(measured.files[0] ?? "");
  return { kept, warned, evaluation, verdict: result.verdict.document.verdict };
}

it.each([
  ["was over the ceiling, used its waiver", 120, ["latency_ms"]],
  ["was below it, needed none", 90, []],
])("the verdict on a version that %s, is kept and tells so", async (_, latency, used) => {
  const { kept, evaluation } = await judged(latency, ["latency_ms"]);
  expect(kept.map((one) => [one.model, one.branch, one.sha])).toEqual([["m", "main", sha]]);
  const [past] = await readPast([{ sha, evaluation, verdict: async () => kept[0]?.verdict }], hashing);
  expect(past).toMatchObject({ waiversUsed: used });
});

it.each([
  ["without a waiver", [], push],
  ["on a pull request", ["latency_ms"], { event: "pull_request", recordsBaseline: false }],
  ["on a laptop", ["latency_ms"], {}],
])("nothing is kept %s", async (_, waived, change) => {
  expect((await judged(120, waived, change)).kept).toEqual([]);
});

it("a verdict that cannot be kept stands all the same, with a warning", async () => {
  const { verdict, warned } = await judged(120, ["latency_ms"], push, true);
  expect(verdict).toBe("warn");
  expect(warned).toEqual([expect.stringMatching(/not kept for the history: .*protected/)]);
});

it("what is kept is not believed when it is broken, of another evaluation, or nobody asked for it", async () => {
  const [here, other] = [await judged(120, ["latency_ms"]), await judged(130, ["latency_ms"])];
  const used = async (verdict: Uint8Array | undefined, evaluation = here.evaluation) => {
    let asked = false;
    const ask = async () => {
      asked = true;
      return verdict;
    };
    const [past] = await readPast([{ sha, evaluation, verdict: ask }], hashing);
    return [asked, past !== undefined && "waiversUsed" in past];
  };
  expect(await used(here.kept[0]?.verdict)).toEqual([true, true]);
  expect(await used(other.kept[0]?.verdict)).toEqual([true, false]);
  expect(await used(new TextEncoder().encode("{"))).toEqual([true, false]);
  expect(await used(undefined)).toEqual([true, false]);
  const { evaluation } = await judged(120, []);
  expect(await used(here.kept[0]?.verdict, evaluation)).toEqual([false, false]);
  expect(await readPast([{ sha, evaluation: new TextEncoder().encode("{") }], hashing)).toMatchObject([
    { sha, unreadable: expect.stringContaining("ends where a key") },
  ]);
});
