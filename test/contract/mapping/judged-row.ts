import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { reasonTable } from "@metricgate/core/gates/reasons";
import type { GateEntry } from "@metricgate/core/policy/schema";
import { exitCodeOf } from "@metricgate/core/policy/verdict-exit";
import type { BaselineLookup, BaselineStore } from "@metricgate/core/ports/baseline-store";
import { parse } from "yaml";
import { gate } from "../../../packages/pipeline/src/gate/gate.ts";
import { base, type EvaluationFiles, portsIn, pullRequest, push } from "./job.ts";
import { digestB, type Scene } from "./scenes.ts";

const path = ".github/metricgate.yml";

/** What one line of the table shows, apart from the scene and its keys. */
export interface JudgedRow {
  outcome: string;
  verdict: string;
  model: string;
  /** The codes of the result's reasons, joined by `+`. */
  reasons: string;
  /** Counts above zero. */
  counts: string;
  exit: number;
  /** The codes of the notes of the verdict. */
  notes: string;
  /** The folder with every document, for `gate --from`. */
  chain: string;
  /** The bytes of the verdict. */
  bytes: string;
}

/** Runs the verb on a scene under keys of the policy and reads the result with the given id. */
export async function judge(scene: Scene, keys: string, id: string, root: string): Promise<JudgedRow> {
  const folder = await mkdtemp(join(root, "row-"));
  const ports = await portsIn(folder, scene.event === "push" ? push : pullRequest);
  await put(folder, "candidate", scene.candidate);
  const here = policyText(scene, keys, scene.hereModels ?? ["m", "other"]);
  const there = scene.baseModels === undefined ? here : policyText(scene, keys, scene.baseModels);
  await mkdir(join(folder, ".github"));
  await writeFile(join(folder, path), here);
  const baseHasPolicy = scene.baseModels === undefined || scene.baseModels.length > 0;
  const result = await gate(
    { policy: path, candidate: "candidate/evaluation.json" },
    {
      ...ports,
      store: storeOf(scene),
      policyAt: async () => (baseHasPolicy ? new TextEncoder().encode(there) : undefined),
      earlierAttempts: async () =>
        (scene.earlier ?? []).map(({ evaluation }, index) => ({ attempt: index + 1, evaluation })),
    },
  );
  const { document } = result.verdict;
  const found = document.gates.filter((one) => one.id === id);
  const [first] = found;
  if (first === undefined || found.length > 1)
    throw new Error(`${found.length} results are called ${id}: ${document.gates.map((one) => one.id).join(", ")}`);
  for (const one of document.gates)
    for (const reason of one.reasons)
      if (!(reason.code in reasonTable) || reason.text === "" || reason.next === "")
        throw new Error(`${one.id} has a reason without a sentence or next step: ${JSON.stringify(reason)}`);
  return {
    outcome: first.outcome,
    verdict: first.verdict,
    model: document.verdict ?? "none",
    reasons: first.reasons.map((reason) => reason.code).join("+"),
    counts: Object.entries(document.counts)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${name} ${count}`)
      .join(", "),
    exit: exitCodeOf(document, result.mode),
    notes: (document.notes ?? []).map((note) => note.code).join("+"),
    chain: join(folder, ".metricgate/m"),
    bytes: await readFile(join(folder, result.files[0] ?? ""), "utf8"),
  };
}

/** The verdict that the same documents give in another folder, by `gate --from`. */
export async function judgedAgain({ chain }: JudgedRow, root: string): Promise<string> {
  const folder = await mkdtemp(join(root, "again-"));
  await cp(chain, join(folder, "documents"), { recursive: true });
  await rm(join(folder, "documents/verdict.json"));
  const result = await gate(
    { policy: path, from: "documents" },
    await portsIn(folder, { event: "local", recordsBaseline: false }),
  );
  return readFile(join(folder, result.files[0] ?? ""), "utf8");
}

function storeOf({ baseline, from = "base", missing }: Scene): BaselineStore {
  const tried = [{ from, found: "what the scene says" }];
  const lookup: BaselineLookup =
    baseline === undefined
      ? { found: false, why: "none", known: [], tried, ...missing }
      : { found: true, from, sha: base, behind: 0, files: baseline, tried, known: ["m"] };
  return {
    name: "file",
    find: async () => lookup,
    record: async () => ({ written: false, where: "nowhere" }),
  };
}

/** Writes an evaluation and its rows into a folder of the job. */
export async function put(folder: string, name: string, { evaluation, rows }: EvaluationFiles): Promise<void> {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, "evaluation.json"), evaluation);
  if (rows !== undefined) await writeFile(join(folder, name, "rows.csv"), rows);
}

const ofGate = ["severity", "min", "max", "max-drop"];

/** A policy for the models, in which `m` has the scene's gate under the keys of the table; `gate KEY` is a key of the gate. */
export function policyText(scene: Scene, keys: string, models: readonly string[]): string {
  const entry: GateEntry = structuredClone(scene.gate);
  const top: Record<string, unknown> = {};
  const model: Record<string, unknown> = { gates: [entry] };
  for (const line of keys.split(";").filter((one) => one.trim() !== "")) {
    for (const [name, value] of Object.entries(parse(line) as Record<string, unknown>)) {
      if (name.startsWith("gate ")) Object.assign(entry, { [name.slice("gate ".length)]: value });
      else if (ofGate.includes(name)) Object.assign(entry, { [name]: value });
      else if (name === "min-support") Object.assign(entry.slices ?? {}, { [name]: value });
      else if (name === "pairing") model[name] = value;
      else if (name === "accept-eval-set") model[name] = value === "the new one" ? digestB : `sha256:${"e".repeat(64)}`;
      else if (name === "waiver") {
        const given = typeof value === "object" ? value : {};
        top.waivers = [{ model: "m", reason: "RISK-412", by: "asha", until: "2026-12-15", ...given }];
      } else if (name === "max-age") top.baseline = { [name]: value };
      else top[name] = value;
    }
  }
  const other = { gates: [{ metric: "accuracy", min: 0 }] };
  const named = models.map((name) => [name, name === "m" ? model : other]);
  return JSON.stringify({ version: 1, models: Object.fromEntries(named), ...top });
}
