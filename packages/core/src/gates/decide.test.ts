import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Digest } from "../documents/digest.ts";
import type { Evaluation, Metric } from "../documents/evaluation.ts";
import type { BaselineMissing, Selection } from "../documents/selection.ts";
import { verdict as verdictSchema } from "../documents/verdict.ts";
import type { GateEntry, Policy } from "../policy/schema.ts";
import { exitCodeOf } from "../policy/verdict-exit.ts";
import type { RowTable } from "../tables/row-table.ts";
import { textCells } from "../tables/text-cells.ts";
import { decide } from "./decide.ts";
import type { Side } from "./decide-input.ts";
import { isReasonCode } from "./reasons.ts";

const hex = (n: number): Digest => `sha256:${n.toString(16).padStart(64, "0")}`;
const DATA = { digest: hex(9) };

function side(metrics: Metric[], id: number, more: Partial<Evaluation> = {}, rows?: RowTable): Side {
  const source = { committedAt: "2026-11-20T00:00:00Z" };
  const base = { kind: "metricgate/evaluation@1" as const, model: { name: "m" }, source, evalSet: DATA, metrics };
  return { received: { document: { ...base, ...more }, digest: hex(id) }, ...(rows === undefined ? {} : { rows }) };
}

interface Case {
  candidate: Side;
  baseline?: Side;
  gates?: GateEntry[];
  keys?: Partial<Policy>;
  missing?: BaselineMissing["code"];
  maxDrop?: string;
  earlier?: Side[];
  selection?: Partial<Selection>;
  acceptEvalSet?: Digest;
}

function judged({ candidate, baseline, gates, keys, missing, maxDrop, earlier, selection, acceptEvalSet }: Case) {
  const chosen = baseline
    ? { baseline: { evaluation: baseline.received.digest, from: "base" } }
    : { baselineMissing: { code: missing ?? "baseline-missing", text: "No baseline.", tried: [] } };
  const policyFound = { changedHere: false, advisory: false, ...(maxDrop === undefined ? {} : { maxDrop }) };
  const document: Selection = {
    kind: "metricgate/selection@1",
    model: "m",
    ...chosen,
    policy: policyFound,
    ...selection,
  };
  const model = { gates: gates ?? [], ...(acceptEvalSet === undefined ? {} : { "accept-eval-set": acceptEvalSet }) };
  const policy: Policy | undefined = gates && { version: 1, models: { m: model }, ...keys };
  const result = decide({
    candidate,
    selection: { document, digest: hex(7) },
    ...(baseline === undefined ? {} : { baseline }),
    ...(policy === undefined ? {} : { policy }),
    ...(earlier === undefined ? {} : { earlier }),
  });
  expect(verdictSchema.safeParse(result).error).toBeUndefined();
  for (const gate of result.gates)
    for (const reason of gate.reasons) expect(isReasonCode(reason.code), reason.code).toBe(true);
  return result;
}

const acc = (value: number, stderr?: number, n = 1000): Metric => ({
  name: "accuracy",
  value,
  direction: "up",
  n,
  ...(stderr === undefined ? {} : { stderr }),
});
const slim = ({ gates, verdict }: ReturnType<typeof judged>) => ({
  verdict,
  found: gates.map((gate) => `${gate.id} ${gate.outcome} ${gate.verdict} ${gate.reasons[0]?.code}`),
});
const drop: GateEntry = { metric: "accuracy", "max-drop": 0.01 };
const pair = (c: Metric[], b: Metric[]) => ({ candidate: side(c, 1), baseline: side(b, 2) });

describe("a rule of the policy", () => {
  const table: [string, Metric, Metric, GateEntry, string][] = [
    ["proven within the margin", acc(0.9, 0.001), acc(0.9, 0.001), drop, "pass within-margin"],
    ["proven worse", acc(0.8, 0.005), acc(0.9, 0.005), drop, "fail worse-than-margin"],
    ["beyond the margin and not real", acc(0.88, 0.05), acc(0.9, 0.05), drop, "inconclusive too-uncertain"],
    ["really worse within the margin", acc(0.895, 0.001), acc(0.9, 0.001), drop, "pass within-margin"],
    ["a bare value at the margin exactly", acc(0.9), acc(0.91), drop, "pass within-margin"],
    ["a bare value beyond the margin", acc(0.899), acc(0.91), drop, "fail worse-than-margin"],
    [
      "a share of the baseline",
      acc(0.9),
      acc(0.91),
      { metric: "accuracy", "max-drop": "1%" },
      "fail worse-than-margin",
    ],
    ["a share of zero", acc(0.9), acc(0), { metric: "accuracy", "max-drop": "1%" }, "missing relative-undefined"],
    [
      "a proven gain",
      acc(0.95, 0.001),
      acc(0.9, 0.001),
      { metric: "accuracy", "min-gain": 0 },
      "pass improvement-proven",
    ],
    ["no gain", acc(0.9), acc(0.9), { metric: "accuracy", "min-gain": 0 }, "fail no-improvement"],
    [
      "an open gain",
      acc(0.91, 0.05),
      acc(0.9, 0.05),
      { metric: "accuracy", "min-gain": 0 },
      "inconclusive too-uncertain",
    ],
    ["at the floor", acc(0.9), acc(0.9), { metric: "accuracy", min: 0.9 }, "pass within-limit"],
    ["below the floor", acc(0.8999), acc(0.9), { metric: "accuracy", min: 0.9 }, "fail below-min"],
    ["above the ceiling", acc(0.91), acc(0.9), { metric: "accuracy", max: 0.9 }, "fail above-max"],
    [
      "near",
      acc(0.6),
      acc(0.5),
      { metric: "accuracy", direction: "near", target: 0.5, "max-off": 0.1 },
      "pass within-limit",
    ],
    [
      "off",
      acc(0.61),
      acc(0.5),
      { metric: "accuracy", direction: "near", target: 0.5, "max-off": 0.1 },
      "fail off-target",
    ],
    ["the wrong key", acc(0.9), acc(0.9), { metric: "accuracy", "max-rise": 0.1 }, "missing policy-error"],
  ];
  test.each(table)("%s", (_, candidate, baseline, gate, expected) => {
    const [found] = judged({ ...pair([candidate], [baseline]), gates: [gate] }).gates;
    expect(`${found?.outcome} ${found?.reasons[0]?.code}`).toBe(expected);
  });

  test("says when no uncertainty was given", () => {
    const [found] = judged({ ...pair([acc(0.9)], [acc(0.9)]), gates: [drop] }).gates;
    expect(found?.reasons.map((reason) => reason.code)).toEqual(["within-margin", "no-uncertainty"]);
  });
});

describe("what was found becomes a verdict (DESIGN §6)", () => {
  const same = acc(0.9, 0.001);
  const worseOne = pair([acc(0.5, 0.001)], [same]);
  const open = pair([acc(0.88, 0.05)], [acc(0.9, 0.05)]);
  const gone = pair([{ name: "other", value: 1 }], [same]);
  const changed = { candidate: side([same], 1, { evalSet: { digest: hex(8) } }), baseline: side([same], 2) };
  const alone = { candidate: side([same], 1) };
  const table: [string, Case, "pass" | "warn" | "fail"][] = [
    ["fail, severity error", { ...worseOne, gates: [drop] }, "fail"],
    ["fail, severity warn", { ...worseOne, gates: [{ ...drop, severity: "warn" }] }, "warn"],
    ["fail, severity info", { ...worseOne, gates: [{ ...drop, severity: "info" }] }, "pass"],
    ["inconclusive by default", { ...open, gates: [drop] }, "warn"],
    ["inconclusive: fail", { ...open, gates: [drop], keys: { "on-inconclusive": "fail" } }, "fail"],
    ["inconclusive: pass", { ...open, gates: [drop], keys: { "on-inconclusive": "pass" } }, "pass"],
    [
      "inconclusive: the gate's word goes first",
      { ...open, gates: [{ ...drop, "on-inconclusive": "fail" }], keys: { "on-inconclusive": "pass" } },
      "fail",
    ],
    ["metric gone", { ...gone, gates: [drop] }, "fail"],
    ["metric gone: warn", { ...gone, gates: [drop], keys: { "on-missing-metric": "warn" } }, "warn"],
    ["gate matches nothing", { ...worseOne, gates: [{ metric: "none.*" }] }, "fail"],
    ["undefined", { ...pair([{ name: "accuracy", undefined: "no-positives" }], [same]), gates: [drop] }, "fail"],
    [
      "not finite",
      { ...pair([acc(Number.POSITIVE_INFINITY)], [same]), gates: [{ metric: "accuracy", min: 0 }] },
      "fail",
    ],
    ["twice in the candidate", { ...pair([acc(0.1), same], [same]), gates: [drop] }, "fail"],
    ["only in the candidate", { ...pair([same], []), gates: [drop] }, "warn"],
    ["only in the candidate, below its floor", { ...pair([same], []), gates: [{ ...drop, min: 0.95 }] }, "fail"],
    ["eval set changed", { ...changed, gates: [drop] }, "fail"],
    ["eval set changed: warn", { ...changed, gates: [drop], keys: { "on-incomparable": "warn" } }, "warn"],
    ["eval set changed, admitted", { ...changed, gates: [drop], acceptEvalSet: hex(8) }, "pass"],
    ["eval set changed, another admitted", { ...changed, gates: [drop], acceptEvalSet: hex(9) }, "fail"],
    ["eval set of one side", { ...changed, candidate: side([same], 1, { evalSet: {} }), gates: [drop] }, "fail"],
    [
      "eval set of neither",
      { candidate: side([same], 1, { evalSet: {} }), baseline: side([same], 2, { evalSet: {} }), gates: [drop] },
      "pass",
    ],
    ["no baseline", { ...alone, gates: [drop] }, "fail"],
    ["no baseline: warn", { ...alone, gates: [drop], keys: { "on-missing-baseline": "warn" } }, "warn"],
    ["expired", { ...alone, gates: [drop], missing: "baseline-expired" }, "fail"],
    ["left out", { ...alone, gates: [drop], missing: "left-out" }, "fail"],
    ["first run", { ...alone, gates: [drop], missing: "first-run", keys: { "on-missing-baseline": "fail" } }, "warn"],
    ["first run below its floor", { ...alone, gates: [{ ...drop, min: 0.95 }], missing: "first-run" }, "fail"],
    ["no baseline, and none needed", { ...alone, gates: [{ metric: "accuracy", min: 0.5 }] }, "pass"],
  ];
  test.each(table)("%s", (_, given, expected) => {
    const result = judged(given);
    expect(slim(result).verdict, JSON.stringify(slim(result))).toBe(expected);
    expect(exitCodeOf(result, "judge")).toBe(expected === "fail" ? 1 : 0);
    expect(exitCodeOf(result, "inform")).toBe(0);
  });

  test("nothing is judged with neither policy nor max-drop", () => {
    const result = judged(worseOne);
    expect(result.verdict).toBeUndefined();
    expect(result.ungated.map((one) => one.metric)).toEqual(["accuracy"]);
  });

  test("max-drop alone judges every metric of known direction", () => {
    expect(slim(judged({ ...worseOne, maxDrop: "0.01" }))).toEqual({
      verdict: "fail",
      found: ["accuracy/no-regression fail fail worse-than-margin"],
    });
    expect(judged({ ...pair([{ name: "zzz", value: 1 }], []), maxDrop: "0.01" }).verdict).toBe("fail");
  });

  test("max-drop only tightens a policy", () => {
    const near = pair([acc(0.895)], [acc(0.9)]);
    expect(judged({ ...near, gates: [drop], maxDrop: "0.001" }).verdict).toBe("fail");
    const looser = judged({ ...worseOne, gates: [drop], maxDrop: "1" });
    expect([looser.verdict, looser.notes?.[0]?.code]).toEqual(["fail", "max-drop-ignored"]);
  });

  test("max-drop in another scale tightens where it is smaller at the baseline's value", () => {
    const near = pair([acc(0.89)], [acc(0.9)]);
    const judgedBy = (written: string | number, maxDrop: string) => {
      const { gates, notes } = judged({ ...near, gates: [{ metric: "accuracy", "max-drop": written }], maxDrop });
      return [gates[0]?.scale, gates[0]?.margin, notes?.[0]?.code];
    };
    expect(judgedBy(0.04, "0.1%")).toEqual(["relative", 0.001, undefined]);
    expect(judgedBy(0.04, "10%")).toEqual(["absolute", 0.04, "max-drop-ignored"]);
    expect(judgedBy("1%", "0.005")).toEqual(["absolute", 0.005, undefined]);
    expect(judgedBy("1%", "0.02")).toEqual(["relative", 0.01, "max-drop-ignored"]);
  });

  test("a stale baseline warns", () => {
    const stale = { baseline: { evaluation: hex(2), from: "latest", ageDays: 20, stale: true } };
    expect(judged({ ...pair([same], [same]), gates: [drop], selection: stale }).verdict).toBe("warn");
  });

  test("waivers turn a fail into a warning until their day, and are inert after it", () => {
    const waiver = { model: "m", gate: "accuracy", reason: "known", by: "asha", until: "2026-11-20" };
    const kept = judged({ ...worseOne, gates: [drop], keys: { waivers: [waiver] } });
    expect([kept.verdict, kept.gates[0]?.outcome, kept.counts.waived]).toEqual(["warn", "fail", 1]);
    const ended = judged({ ...worseOne, gates: [drop], keys: { waivers: [{ ...waiver, until: "2026-11-19" }] } });
    expect([ended.verdict, ended.notes?.[0]?.code]).toEqual(["fail", "waiver-expired"]);
    const others = judged({ ...worseOne, gates: [drop], keys: { waivers: [{ ...waiver, model: "n" }] } });
    expect(others.verdict).toBe("fail");
    const undated = judged({
      ...worseOne,
      candidate: side([acc(0.5)], 1, { source: {} }),
      gates: [drop],
      keys: { waivers: [waiver] },
    });
    expect(undated.notes?.map((note) => note.code)).toContain("ages-not-checked");
  });

  test("the worst of the attempts counts, unless the latest is asked for", () => {
    const again = { ...pair([same], [same]), gates: [drop], earlier: [side([acc(0.5, 0.001)], 3)] };
    const result = judged(again);
    expect([result.verdict, result.gates[0]?.outcome, result.gates[0]?.reasons[1]?.code]).toEqual([
      "fail",
      "pass",
      "earlier-attempt",
    ]);
    expect(judged({ ...again, keys: { "on-rerun": "latest" } }).verdict).toBe("pass");
  });

  test("documents that were not selected give no verdict", () => {
    expect(() => judged({ ...worseOne, selection: { baseline: { evaluation: hex(99), from: "base" } } })).toThrow(
      /names the baseline/,
    );
  });
});

describe("slices", () => {
  const by = { by: ["country"], "min-support": 10 };
  const inSlice = (country: string, value: number, n: number, stderr = 0.01): Metric => ({
    ...acc(value, stderr, n),
    slice: { country },
  });
  const gates: GateEntry[] = [{ ...drop, slices: by }];

  test("a bad slice fails, a small one is shown, one that is gone is missing", () => {
    const before = [acc(0.9, 0.001), inSlice("BR", 0.9, 500), inSlice("DE", 0.9, 9), inSlice("FR", 0.9, 500)];
    const after = [acc(0.9, 0.001), inSlice("BR", 0.5, 500), inSlice("DE", 0.1, 9)];
    expect(slim(judged({ ...pair(after, before), gates })).found).toEqual([
      "accuracy/no-regression pass pass within-margin",
      "accuracy/no-regression[country=BR] fail fail worse-than-margin",
      "accuracy/no-regression[country=DE] skipped pass too-few-rows",
      "accuracy/no-regression[country=FR] missing fail metric-missing",
    ]);
  });

  test("Holm keeps one of many slices that looks worse by chance from failing", () => {
    const names = Array.from({ length: 50 }, (_, i) => `c${i}`);
    const before = names.map((name) => inSlice(name, 0.9, 500));
    const after = names.map((name, i) => inSlice(name, i === 0 ? 0.867 : 0.9, 500));
    const all = (metrics: Metric[]) => [acc(0.9, 0.001), ...metrics];
    const many = judged({ ...pair(all(after), all(before)), gates });
    const one = judged({ ...pair(all(after.slice(0, 1)), all(before.slice(0, 1))), gates });
    expect([many.gates[1]?.outcome, one.gates[1]?.outcome]).toEqual(["inconclusive", "fail"]);
    expect(many.gates[1]?.adjustedP).toBeCloseTo(50 * (many.gates[1]?.p ?? 0), 12);
  });

  test("more than 200 slices, an unknown column, and a gate that judged nothing never pass", () => {
    const many = Array.from({ length: 201 }, (_, i) => inSlice(`c${i}`, 0.9, 500));
    const metrics = [acc(0.9, 0.001), ...many];
    expect(slim(judged({ ...pair(metrics, metrics), gates })).found[1]).toBe(
      "accuracy/presence[slices] missing fail too-many-slices",
    );
    const plain = [acc(0.9, 0.001)];
    expect(slim(judged({ ...pair(plain, plain), gates })).found[1]).toBe(
      "accuracy/presence[country=*] missing fail slice-column-missing",
    );
    const small = [inSlice("BR", 0.9, 5)];
    const only: GateEntry[] = [{ metric: "accuracy", slices: { ...by, "max-drop": 0.1 } }];
    expect(judged({ ...pair(small, small), gates: only }).verdict).toBe("fail");
  });
});

describe("rows", () => {
  const task = { task: "classification" as const, compute: ["accuracy"], slices: ["country"] };
  const names = ["a", "b"];
  const table = (count: number, wrong: number, labelShift = 0): RowTable => ({
    count,
    ids: textCells(Array.from({ length: count }, (_, i) => String(i).padStart(6, "0"))),
    columns: new Map([
      ["label", { type: "category", names, codes: Int32Array.from({ length: count }, (_, i) => (i + labelShift) % 2) }],
      [
        "prediction",
        {
          type: "category",
          names,
          codes: Int32Array.from({ length: count }, (_, i) => (i < wrong ? (i + 1) % 2 : i % 2)),
        },
      ],
      [
        "slice:country",
        {
          type: "category",
          names: ["BR", "DE"],
          codes: Int32Array.from({ length: count }, (_, i) => (i < 200 ? 0 : 1)),
        },
      ],
    ]),
  });
  const measured = (count: number, wrong: number, id: number, labelShift = 0): Side =>
    side(
      [acc(1 - wrong / count, undefined, count)],
      id,
      { rows: { file: "rows.csv", digest: hex(id), count, task } },
      table(count, wrong, labelShift),
    );

  test("are paired, and slices come from them", () => {
    const gates: GateEntry[] = [{ ...drop, slices: { by: ["country"], "max-drop": 0.05 } }];
    const result = judged({ candidate: measured(2000, 60, 1), baseline: measured(2000, 20, 2), gates });
    expect(slim(result).found).toEqual([
      "accuracy/no-regression fail fail worse-than-margin",
      "accuracy/no-regression[country=BR] fail fail worse-than-margin",
      "accuracy/no-regression[country=DE] pass pass within-margin",
    ]);
  });

  test("an open result says how many rows would settle it", () => {
    const [found] = judged({ candidate: measured(100, 6, 1), baseline: measured(100, 4, 2), gates: [drop] }).gates;
    expect([found?.outcome, (found?.rowsNeeded ?? 0) > 100]).toEqual(["inconclusive", true]);
  });

  test.each([
    ["dropped rows", measured(1999, 20, 1), "unpaired"],
    ["other labels", measured(2000, 20, 1, 1), "labels-differ"],
  ])("%s are incomparable", (_, candidate, code) => {
    const result = judged({ candidate, baseline: measured(2000, 20, 2), gates: [drop] });
    expect([result.gates[0]?.reasons[0]?.code, result.counts.incomparable, result.verdict]).toEqual([code, 1, "fail"]);
  });
});

describe("for any numbers", () => {
  const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
  const error = fc.option(fc.double({ min: 0.0001, max: 0.1, noNaN: true }), { nil: undefined });

  test("swapping the sides mirrors the change, and both never fail", () => {
    fc.assert(
      fc.property(share, share, error, error, (a, b, ea, eb) => {
        const there = judged({ ...pair([acc(a, ea)], [acc(b, eb)]), gates: [drop] }).gates[0];
        const back = judged({ ...pair([acc(b, eb)], [acc(a, ea)]), gates: [drop] }).gates[0];
        expect(there?.change).toBeCloseTo(-(back?.change ?? Number.NaN), 12);
        if (there?.interval) expect(there.interval.low).toBeCloseTo(-(back?.interval?.high ?? Number.NaN), 9);
        expect(there?.outcome === "fail" && back?.outcome === "fail").toBe(false);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  test("a value that is none never passes, whatever the gate", () => {
    const rule = fc.constantFrom<GateEntry>(
      drop,
      { metric: "accuracy" },
      { metric: "a*", min: -1 },
      { metric: "accuracy", max: 9 },
      { metric: "accuracy", "min-gain": 0 },
    );
    const none = fc.constantFrom<Metric>(acc(Number.NaN), acc(Number.NEGATIVE_INFINITY), {
      name: "accuracy",
      undefined: "one-class",
    });
    fc.assert(
      fc.property(rule, none, share, (gate, metric, b) => {
        expect(judged({ ...pair([metric], [acc(b)]), gates: [gate] }).verdict).toBe("fail");
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  test("the order of the metrics changes nothing but the order", () => {
    const metrics = [
      acc(0.9),
      { name: "f1", value: 0.5 },
      { name: "log_loss", value: 0.3 },
      { name: "recall", value: 0.1 },
    ];
    const before = metrics.map((metric) => ({ ...metric, value: 0.4 }));
    const sorted = (found: Metric[]) => slim(judged({ ...pair(found, before), maxDrop: "0.01" })).found.sort();
    const expected = sorted(metrics);
    fc.assert(
      fc.property(fc.shuffledSubarray(metrics, { minLength: 4 }), (shuffled) => {
        expect(sorted(shuffled)).toEqual(expected);
      }),
      { seed: 1, numRuns: 20 },
    );
  });
});
