import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metric } from "@metricgate/core/documents/evaluation";
import type { GateEntry } from "@metricgate/core/policy/schema";
import type { BaselineLookup } from "@metricgate/core/ports/baseline-store";
import { type EvaluationFiles, measured, now, written } from "./job.ts";

/** What a gate finds: both sides, what the store says, and the gate that is asked. */
export interface Scene {
  candidate: EvaluationFiles;
  /** Absent: what `missing` says. */
  baseline?: EvaluationFiles;
  from?: "base" | "ancestor" | "latest";
  missing?: Partial<Extract<BaselineLookup, { found: false }>>;
  gate: GateEntry;
  /** Of earlier attempts on the same commit, oldest first. */
  earlier?: EvaluationFiles[];
  /** The models of the base's policy and of the change's own, where they are not both `m` and `other`. */
  baseModels?: string[];
  hereModels?: string[];
  event?: "push";
}

const digestA = `sha256:${"a".repeat(64)}` as const;
/** What `accept-eval-set` must name to admit the new data. */
export const digestB = `sha256:${"b".repeat(64)}` as const;

interface Facts {
  evalSet?: object;
  committedAt?: string;
  rows?: object;
}

const document = (metrics: Metric[], { evalSet = { digest: digestA }, committedAt = now, rows }: Facts = {}) =>
  written({
    kind: "metricgate/evaluation@1",
    model: { name: "m" },
    source: { committedAt },
    evalSet,
    metrics,
    ...(rows === undefined ? {} : { rows }),
  });

const acc = (value: number, stderr?: number): Metric => ({
  name: "accuracy",
  value,
  direction: "up",
  n: 1000,
  ...(stderr === undefined ? {} : { stderr }),
});
const inSlices = (values: [string, number, number][]): Metric[] => [
  acc(0.9, 0.001),
  ...values.map(([country, value, n]) => ({ ...acc(value, 0.001), slice: { country }, n })),
];
/** The slice BR beside one of 500 rows that stays as it is. */
const besideDe = (value: number, n: number) =>
  inSlices([
    ["BR", value, n],
    ["DE", 0.9, 500],
  ]);

const drop: GateEntry = { metric: "accuracy", "max-drop": 0.01 };
const bySlice = (support: number): GateEntry => ({
  ...drop,
  slices: { by: ["country"], "max-drop": 0.01, "min-support": support },
});
const good = document([acc(0.9, 0.001)]);
const bad = document([acc(0.8, 0.005)]);
const open = document([acc(0.88, 0.05)]);
const without: Metric = { name: "latency_ms", value: 5, direction: "down" };
const countries = (count: number): [string, number, number][] =>
  Array.from({ length: count }, (_, index) => [`c${String(index).padStart(3, "0")}`, 0.9, 500]);

/** Everything that DESIGN §6 tells apart and that numbers alone can show, by the words of the table. */
export const scenes = {
  "rule holds, proven": { candidate: good, baseline: good, gate: drop },
  "proven worse": { candidate: bad, baseline: good, gate: drop },
  "neither proven": { candidate: open, baseline: good, gate: drop },
  "bare numbers, within": { candidate: document([acc(0.895)]), baseline: document([acc(0.9)]), gate: drop },
  "bare numbers, beyond": { candidate: document([acc(0.88)]), baseline: document([acc(0.9)]), gate: drop },
  "nine rows, a standard error of zero": {
    candidate: document([{ ...acc(0.8, 0), n: 9 }]),
    baseline: document([{ ...acc(0.9, 0), n: 9 }]),
    gate: drop,
  },
  "gain proven": { candidate: good, baseline: bad, gate: { metric: "accuracy", "min-gain": 0 } },
  "gain refuted": { candidate: bad, baseline: good, gate: { metric: "accuracy", "min-gain": 0 } },
  "gain open": { candidate: good, baseline: open, gate: { metric: "accuracy", "min-gain": 0 } },
  "floor kept": { candidate: good, baseline: good, gate: { metric: "accuracy", min: 0.9 } },
  "floor broken": { candidate: good, baseline: good, gate: { metric: "accuracy", min: 0.91 } },
  "ceiling broken": { candidate: good, baseline: good, gate: { metric: "accuracy", max: 0.89 } },
  "floor proven by an interval, the value below it": {
    candidate: document([{ ...acc(0.2), interval: { low: 0.91, high: 0.95, level: 0.95, method: "stated" } }]),
    baseline: good,
    gate: { metric: "accuracy", min: 0.65, evidence: "bound" },
  },
  "off target": {
    candidate: good,
    baseline: good,
    gate: { metric: "accuracy", direction: "near", target: 0.5, "max-off": 0.1 },
  },

  "metric absent": { candidate: document([without]), baseline: good, gate: drop },
  "metric undefined": {
    candidate: document([{ name: "accuracy", undefined: "no-positives", direction: "up" }]),
    baseline: good,
    gate: drop,
  },
  "undefined in the baseline": {
    candidate: good,
    baseline: document([{ name: "accuracy", undefined: "no-positives", direction: "up" }]),
    gate: drop,
  },
  "in both, twice": { candidate: document([acc(0.9), acc(0.8)]), baseline: good, gate: drop },
  "share of zero": { candidate: good, baseline: document([acc(0)]), gate: { metric: "accuracy", "max-drop": "1%" } },
  "gate matches nothing": { candidate: good, baseline: good, gate: { metric: "no_such", "max-drop": 0.01 } },
  "glob matches nothing": { candidate: good, baseline: good, gate: { metric: "task.*.acc", min: 0 } },
  "key does not fit": {
    candidate: document([{ ...acc(0.9), name: "points" }]),
    baseline: document([{ ...acc(0.9), name: "points" }]),
    gate: { metric: "points", "max-rise": 0.01 },
  },
  "no slice column": { candidate: good, baseline: good, gate: bySlice(100) },

  "only in the candidate": { candidate: good, baseline: document([without]), gate: drop },

  "eval set changed": {
    candidate: document([acc(0.9, 0.001)], { evalSet: { digest: digestB } }),
    baseline: good,
    gate: drop,
  },
  "eval set changed, worse": {
    candidate: document([acc(0.8, 0.005)], { evalSet: { digest: digestB } }),
    baseline: good,
    gate: drop,
  },
  "eval set of one side": { candidate: document([acc(0.9, 0.001)], { evalSet: {} }), baseline: good, gate: drop },
  "eval set of no side": {
    candidate: document([acc(0.9, 0.001)], { evalSet: {} }),
    baseline: document([acc(0.9, 0.001)], { evalSet: {} }),
    gate: drop,
  },

  "units differ": {
    candidate: document([{ name: "latency_p95", value: 0.2, direction: "down", unit: "s" }]),
    baseline: document([{ name: "latency_p95", value: 100, direction: "down", unit: "ms" }]),
    gate: { metric: "latency_p95", "max-rise": "10%" },
  },
  "unit of one side": {
    candidate: document([{ name: "latency_p95", value: 200, direction: "down" }]),
    baseline: document([{ name: "latency_p95", value: 100, direction: "down", unit: "ms" }]),
    gate: { metric: "latency_p95", "max-rise": "10%" },
  },

  "within, beyond the warn-margin": {
    candidate: document([acc(0.893, 0.001)]),
    baseline: good,
    gate: { metric: "accuracy", "max-drop": 0.01, "warn-margin": 0.002 },
  },
  "moved, and must not": { candidate: good, baseline: bad, gate: { metric: "accuracy", "max-change": 0.01 } },
  unmoved: { candidate: good, baseline: good, gate: { metric: "accuracy", "max-change": 0.01 } },
  "move open": { candidate: open, baseline: good, gate: { metric: "accuracy", "max-change": 0.01 } },
  "floor inside the interval": {
    candidate: document([acc(0.9, 0.01)]),
    baseline: good,
    gate: { metric: "accuracy", min: 0.89, evidence: "bound" },
  },
  "floor to be proven, bare number": {
    candidate: document([acc(0.9)]),
    baseline: document([acc(0.9)]),
    gate: { metric: "accuracy", min: 0.8, evidence: "bound" },
  },
  "no past runs": { candidate: good, baseline: good, gate: { metric: "accuracy", history: {} } },
  "groups without rows": {
    candidate: good,
    baseline: good,
    gate: { metric: "accuracy", fairness: { by: "country", "difference-max": 0.1 } },
  },
  "negative metric, share of it": {
    candidate: document([acc(-0.5)]),
    baseline: document([acc(-0.5)]),
    gate: { metric: "accuracy", "max-drop": "1%" },
  },
  "all values tie": {
    candidate: document([acc(0.5, 0)]),
    baseline: document([acc(0.5, 0)]),
    gate: { metric: "accuracy", "min-gain": 0 },
  },

  "no baseline": { candidate: good, gate: drop },
  "no baseline, by records": {
    candidate: good,
    gate: drop,
    missing: { known: ["m"] },
    baseModels: [],
  },
  "baseline expired": { candidate: good, gate: drop, missing: { why: "expired" } },
  "first run": { candidate: good, gate: drop, baseModels: [] },
  "new and another left out": { candidate: good, gate: drop, baseModels: ["other"], hereModels: ["m"] },
  "new beside others": { candidate: good, gate: drop, baseModels: ["other"], hereModels: ["other", "m"] },
  "left out, by records": { candidate: good, gate: drop, baseModels: [], missing: { known: ["older"] } },
  "store out of reach": { candidate: good, gate: drop, missing: { why: "unavailable" } },
  "baseline no document": { candidate: good, baseline: { evaluation: Uint8Array.of(0, 255, 123) }, gate: drop },
  "baseline of version 2": { candidate: good, baseline: written({ kind: "metricgate/evaluation@2" }), gate: drop },
  "floor, no baseline": { candidate: good, gate: { metric: "accuracy", min: 0.91 } },
  "drop and floor, none": { candidate: good, gate: { ...drop, min: 0.91 } },
  "ancestor, 20 days old": {
    candidate: good,
    baseline: document([acc(0.9, 0.001)], { committedAt: "2026-10-31T12:00:00Z" }),
    from: "ancestor",
    gate: drop,
  },
  "base, 20 days old": {
    candidate: good,
    baseline: document([acc(0.9, 0.001)], { committedAt: "2026-10-31T12:00:00Z" }),
    gate: drop,
  },

  "slice of 96 rows, worse": {
    candidate: document(besideDe(0.5, 96)),
    baseline: document(besideDe(0.9, 96)),
    gate: bySlice(100),
  },
  "only slices, all small": {
    candidate: document(inSlices([["BR", 0.5, 96]])),
    baseline: document(inSlices([["BR", 0.9, 96]])),
    gate: { metric: "accuracy", slices: { by: ["country"], "max-drop": 0.01 } },
  },
  "slice only in the baseline": {
    candidate: document(inSlices([["DE", 0.9, 500]])),
    baseline: document(besideDe(0.9, 500)),
    gate: bySlice(100),
  },
  "slice that shrinks": {
    candidate: document(besideDe(0.5, 3)),
    baseline: document(besideDe(0.9, 300)),
    gate: bySlice(100),
  },
  "slice that grows": {
    candidate: document(besideDe(0.5, 300)),
    baseline: document(besideDe(0.9, 96)),
    gate: bySlice(100),
  },
  "slice that only the candidate counts": {
    candidate: document(besideDe(0.5, 3)),
    baseline: document(besideDe(0.9, 3).map(({ n: _, ...metric }) => metric)),
    gate: bySlice(100),
  },
  "slice that shrinks with the eval set": {
    candidate: document(besideDe(0.5, 3), { evalSet: { digest: digestB } }),
    baseline: document(besideDe(0.9, 300)),
    gate: bySlice(100),
  },
  "200 slices": {
    candidate: document(inSlices(countries(200))),
    baseline: document(inSlices(countries(200))),
    gate: bySlice(100),
  },
  "201 slices": {
    candidate: document(inSlices(countries(201))),
    baseline: document(inSlices(countries(201))),
    gate: bySlice(100),
  },

  "earlier attempt worse": { candidate: good, baseline: good, gate: drop, earlier: [bad] },
  "earlier attempt better": { candidate: bad, baseline: good, gate: drop, earlier: [good] },
  "earlier attempt open": { candidate: good, baseline: good, gate: drop, earlier: [open] },
  "earlier attempt the same": { candidate: good, baseline: good, gate: drop, earlier: [good] },
  "earlier without metric": { candidate: good, baseline: good, gate: drop, earlier: [document([without])] },
  "first of three worse": { candidate: good, baseline: good, gate: drop, earlier: [bad, good] },

  "push, proven worse": { candidate: bad, baseline: good, gate: drop, event: "push" },
  "push, metric absent": { candidate: document([without]), baseline: good, gate: drop, event: "push" },
} satisfies Record<string, Scene>;

/** The scenes that need files measured by the real `evaluate`: numbers that are none, and rows. */
export async function measuredScenes(folder: string): Promise<Record<string, Scene>> {
  const put = (name: string, text: string) => writeFile(join(folder, name), text);
  await put("nan.json", '{"metrics":[{"name":"accuracy","value":NaN,"direction":"up"}]}');
  await put("good.json", '{"metrics":[{"name":"accuracy","value":0.9,"stderr":0.001,"direction":"up"}]}');
  await put("eval.csv", "the eval set\n");
  const ofFile = (metrics: string) => measured(folder, { metrics: [metrics], "eval-set": ["eval.csv"] });
  const rows = async (name: string, line: (row: number) => string | undefined, evalSet = true) => {
    const lines = Array.from({ length: 600 }, (_, row) => line(row)).filter((one) => one !== undefined);
    await put(name, `id,label,prediction,country\n${lines.join("\n")}\n`);
    return measured(folder, {
      predictions: name,
      compute: ["accuracy"],
      slices: ["country"],
      ...(evalSet ? { "eval-set": ["eval.csv"] } : {}),
    });
  };
  const row = (n: number, wrong: boolean, o: { id?: string; label?: string; country?: string } = {}) => {
    const label = o.label ?? (n % 2 === 0 ? "yes" : "no");
    const prediction = wrong ? (label === "yes" ? "no" : "yes") : label;
    return `${o.id ?? `r${n}`},${label},${prediction},${o.country ?? (n % 3 === 0 ? "BR" : "DE")}`;
  };
  const before = await rows("before.csv", (n) => row(n, n % 10 === 0));
  const paired = (candidate: EvaluationFiles, baseline = before): Scene => ({ candidate, baseline, gate: drop });
  /** Rows of a binary score: label 1 or 0, a score, a weight. */
  const scored = async (name: string, line: (row: number) => string, compute: string[], count = 600) => {
    const lines = Array.from({ length: count }, (_, n) => line(n));
    await put(name, `id,label,score,weight\n${lines.join("\n")}\n`);
    return measured(folder, { predictions: name, compute, positive: "1", "eval-set": ["eval.csv"] });
  };
  const score = (n: number, label = n % 2, value = 0.2 + 0.6 * (n % 2) + (n % 7) / 100, weight = 1) =>
    `r${String(n).padStart(4, "0")},${label},${value},${weight}`;
  const auc: GateEntry = { metric: "roc_auc", "max-drop": 0.01 };
  const areas = ["roc_auc"];
  const usual = await scored("usual.csv", (n) => score(n), areas);
  const gated = (candidate: EvaluationFiles, gate: GateEntry, baseline = candidate): Scene => ({
    candidate,
    baseline,
    gate,
  });
  const oneClass = await scored("one-class.csv", (n) => score(n, 1), areas);
  const constant = await scored("constant.csv", (n) => score(n, n % 2, 0.5), areas);
  const unlikely = await scored("unlikely.csv", (n) => score(n, n % 2, 2 + n), ["log_loss"]);
  const three = await rows("three.csv", (n) => (n < 3 ? row(n, false) : undefined));
  const threeWorse = await rows("three-worse.csv", (n) => (n < 3 ? row(n, n === 0) : undefined));
  /** Rows of a regression whose errors are all `error`. */
  const errors = async (error: number, count: number) => {
    const name = `errors-${error}-${count}.csv`;
    const lines = Array.from({ length: count }, (_, n) => `r${n},${10 * n},${10 * n + error}`);
    await put(name, `id,label,prediction\n${lines.join("\n")}\n`);
    return measured(folder, {
      predictions: name,
      compute: ["mae", "median_ae"],
      task: "regression",
      "eval-set": ["eval.csv"],
    });
  };
  const rise = (metric: string): GateEntry => ({ metric, "max-rise": "10%" });
  return {
    "nine rows, all off alike": gated(await errors(2.1, 9), rise("mae"), await errors(1.1, 9)),
    "nine rows, all the same": gated(await errors(1.1, 9), rise("mae")),
    "nine rows, a median of the same": gated(await errors(1.1, 9), rise("median_ae")),
    "nine rows, a ceiling": gated(await errors(1.1, 9), { metric: "mae", max: 2, evidence: "bound" }),
    "ten rows, all off alike": gated(await errors(2.1, 10), rise("mae"), await errors(1.1, 10)),
    "ten rows, all the same": gated(await errors(1.1, 10), rise("mae")),
    "ten rows, a ceiling": gated(await errors(1.1, 10), { metric: "mae", max: 2, evidence: "bound" }),
    "one class only": gated(oneClass, auc, usual),
    "one class on both sides": gated(oneClass, auc),
    "constant predictions": gated(constant, auc, usual),
    "no probabilities": gated(unlikely, { metric: "log_loss", "max-rise": 0.01 }),
    "one row more": paired(
      await rows("more.csv", (n) => (n === 599 ? row(n, false, { id: "r600" }) : row(n, n % 10 === 0))),
    ),
    "one row more, pairing: intersection": paired(
      await rows("more.csv", (n) => (n === 599 ? row(n, false, { id: "r600" }) : row(n, n % 10 === 0))),
    ),
    "30 rows less, pairing: intersection": paired(
      await rows("fewer.csv", (n) => (n >= 570 ? undefined : row(n, n % 10 === 0))),
    ),
    "31 rows less, pairing: intersection": paired(
      await rows("fewest.csv", (n) => (n >= 569 ? undefined : row(n, n % 10 === 0))),
    ),
    "a slice less, pairing: intersection": {
      ...paired(await rows("no-br.csv", (n) => (n % 3 === 0 && n > 90 ? undefined : row(n, n % 10 === 0)))),
      gate: bySlice(100),
    },
    "three rows": gated(threeWorse, drop, three),
    "three rows, the same": gated(three, drop),
    "a label that the baseline has not": paired(
      await rows("label.csv", (n) => row(n, n % 10 === 0, n === 5 ? { label: "maybe" } : {})),
    ),
    "not finite": paired(await ofFile("nan.json"), await ofFile("good.json")),
    "rows pair, same": paired(await rows("same.csv", (n) => row(n, n % 10 === 0))),
    "rows pair, worse": paired(await rows("worse.csv", (n) => row(n, n % 4 === 0))),
    "ids differ": paired(await rows("ids.csv", (n) => row(n, n % 10 === 0, n === 5 ? { id: "x5" } : {}))),
    "labels differ": paired(await rows("labels.csv", (n) => row(n, n % 10 === 0, n === 5 ? { label: "yes" } : {}))),
    "rows dropped": paired(await rows("dropped.csv", (n) => (n % 10 === 0 ? undefined : row(n, false)))),
    "dropped, rows not kept": paired(
      withoutRows(await rows("dropped.csv", (n) => (n % 10 === 0 ? undefined : row(n, false)))),
      withoutRows(before),
    ),
    "labels differ, no eval-set": paired(
      await rows("labels.csv", (n) => row(n, n % 10 === 0, n === 5 ? { label: "yes" } : {}), false),
      await rows("before.csv", (n) => row(n, n % 10 === 0), false),
    ),
    "rows in other slices": {
      ...paired(await rows("moved.csv", (n) => row(n, n % 10 === 0, n === 5 ? { country: "BR" } : {}))),
      gate: bySlice(100),
    },
    "rows, one slice worse": {
      ...paired(await rows("slice.csv", (n) => row(n, n % 10 === 0 || n % 9 === 0))),
      gate: bySlice(100),
    },
  };
}

const withoutRows = ({ evaluation }: EvaluationFiles): EvaluationFiles => ({ evaluation });
