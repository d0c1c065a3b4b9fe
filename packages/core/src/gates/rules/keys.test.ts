import { describe, expect, test } from "vitest";
import type { Metric } from "../../documents/evaluation.ts";
import type { PastRun } from "../../documents/selection.ts";
import { rowsNeeded } from "../../statistics/rows-needed.ts";
import { decided, found, hex, rowsSide, sideOf } from "./decision.fixture.ts";

const acc = (value: number, stderr?: number, more: Partial<Metric> = {}): Metric => ({
  name: "accuracy",
  value,
  direction: "up",
  n: 1000,
  ...(stderr === undefined ? {} : { stderr }),
  ...more,
});
const interval = (low: number, high: number) => ({ interval: { low, high, level: 0.95, method: "wilson" } });
const two = (c: Metric, b: Metric) => ({ candidate: sideOf([c], 1), baseline: sideOf([b], 2) });

describe("a limit with evidence: bound", () => {
  test.each([
    [
      "the whole interval above the floor",
      acc(0.9, undefined, interval(0.88, 0.92)),
      { min: 0.88 },
      "min pass pass within-limit",
    ],
    [
      "the floor inside the interval",
      acc(0.9, undefined, interval(0.88, 0.92)),
      { min: 0.89 },
      "min inconclusive warn too-uncertain",
    ],
    [
      "the value below, the interval not",
      acc(0.9, undefined, interval(0.88, 0.92)),
      { min: 0.91 },
      "min inconclusive warn too-uncertain",
    ],
    [
      "the whole interval below the floor",
      acc(0.9, undefined, interval(0.88, 0.92)),
      { min: 0.93 },
      "min fail fail below-min",
    ],
    [
      "the whole interval below the ceiling",
      acc(0.9, undefined, interval(0.88, 0.92)),
      { max: 0.92 },
      "max pass pass within-limit",
    ],
    [
      "the whole interval above the ceiling",
      acc(0.9, undefined, interval(0.88, 0.92)),
      { max: 0.87 },
      "max fail fail above-max",
    ],
    ["no uncertainty, inside", acc(0.9), { min: 0.8 }, "min inconclusive warn too-uncertain+no-uncertainty"],
    ["no uncertainty, outside", acc(0.7), { min: 0.8 }, "min fail fail below-min+no-uncertainty"],
  ])("%s", (_, candidate, keys, expected) => {
    const gates = [{ metric: "accuracy", ...keys, evidence: "bound" }];
    expect(found(decided({ ...two(candidate, acc(0.9)), model: { gates } }))).toEqual([`accuracy/${expected}`]);
  });

  test("near a target: inside, across and outside", () => {
    const near = (target: number) => {
      const gate = { metric: "accuracy", direction: "near", target, "max-off": 0.05, evidence: "bound" };
      const candidate = acc(0.9, undefined, interval(0.88, 0.92));
      return decided({ ...two(candidate, acc(0.9)), model: { gates: [gate] } }).gates[0]?.outcome;
    };
    expect([0.9, 0.86, 0.7].map(near)).toEqual(["pass", "inconclusive", "fail"]);
  });

  test("another confidence than the interval's is made from its width", () => {
    const model = (confidence: number) => ({
      confidence,
      gates: [{ metric: "accuracy", min: 0.89, evidence: "bound" }],
    });
    const sides = two(acc(0.9, 0.005), acc(0.9));
    const low = (confidence: number) => decided({ ...sides, model: model(confidence) }).gates[0]?.interval?.low ?? 0;
    // scipy.stats.norm.ppf(0.975) and (0.95)
    expect(low(0.95)).toBeCloseTo(0.9 - 1.959963984540054 * 0.005, 12);
    expect(low(0.9)).toBeCloseTo(0.9 - 1.6448536269514722 * 0.005, 12);
  });
});

describe("history", () => {
  const runs = (values: number[]): PastRun[] =>
    values.map((value, at) => ({ sha: "a".repeat(40), evaluation: hex(100 + at), values: { latency_ms: value } }));
  const latency = (value: number): Metric => ({ name: "latency_ms", value, direction: "down" });
  const judged = (value: number, past: number[], history: object, more: object = {}) =>
    decided({
      ...two(latency(value), latency(100)),
      model: { gates: [{ metric: "latency_ms", history, ...more }] },
      selection: { history: runs(past) },
    });
  const past = [100, 101, 99, 102, 98, 100, 101, 99];

  test("the t band is one-sided, in the bad direction, and its formula holds", () => {
    const band = judged(100, past, {}).gates[0]?.band;
    const mean = 100;
    const s = Math.sqrt(past.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 7);
    // scipy.stats.t.ppf(0.99, 7)
    expect(band?.high).toBeCloseTo(mean + 2.9979515668685277 * s * Math.sqrt(1 + 1 / 8), 8);
    expect(band).toMatchObject({ method: "t", runs: 8 });
    expect(band && "low" in band).toBe(false);
  });

  test.each([
    ["usual", 101, past, {}, "pass pass within-band"],
    ["far better is no problem", 10, past, {}, "pass pass within-band"],
    ["far worse", 120, past, {}, "fail fail outside-band"],
    [
      "ten percent around the mean, inside",
      110,
      past,
      { method: "percentage", "max-off": "10%" },
      "pass pass within-band",
    ],
    [
      "ten percent around the mean, outside",
      110.1,
      past,
      { method: "percentage", "max-off": "10%" },
      "fail fail outside-band",
    ],
    ["by the median, outside", 106, past, { method: "mad", k: 3 }, "fail fail outside-band"],
    ["only the window counts", 101, [900, 900, 900, ...past], { window: 8 }, "pass pass within-band"],
    ["four runs are too few", 500, past.slice(0, 4), {}, "skipped pass history-too-short"],
  ])("%s", (_, value, runsBefore, history, expected) => {
    expect(found(judged(value, runsBefore, history))).toEqual([`latency_ms/history ${expected}`]);
  });

  test("a gate that is only history and has none yet is skipped, and no gate that judged nothing", () => {
    expect(judged(500, [], {}).verdict).toBe("pass");
  });

  test("runs under an earlier name count", () => {
    const result = decided({
      ...two({ ...latency(100), name: "p50_ms" }, { ...latency(100), name: "p50_ms" }),
      model: { gates: [{ metric: "p50_ms", was: ["latency_ms"], history: {} }] },
      selection: { history: runs(past) },
    });
    expect(found(result)).toEqual(["p50_ms/history pass pass within-band"]);
  });
});

describe("the anchor", () => {
  const gates = [{ metric: "accuracy", "max-drop": 0.01, min: 0.5 }];
  const sides = two(acc(0.89, 0.001), acc(0.895, 0.001));
  const anchor = (metric: Metric, more = {}) => sideOf([metric], 4, more);

  test("small losses that add up fail against it, once per no-regression gate", () => {
    const result = decided({ ...sides, anchor: anchor(acc(0.91, 0.001)), model: { gates } });
    expect(found(result)).toEqual([
      "accuracy/no-regression pass pass within-margin",
      "accuracy/min pass pass within-limit",
      "accuracy/no-regression@anchor fail fail worse-than-margin",
    ]);
    expect(result.gates.map(({ against }) => against)).toEqual([undefined, undefined, "anchor"]);
  });

  test("an anchor that is missing, of other data, or without the metric never fails and never passes", () => {
    const none = { code: "baseline-missing" as const, text: "No tag.", tried: [] };
    expect(found(decided({ ...sides, model: { gates }, selection: { anchorMissing: none } })).at(-1)).toBe(
      "anchor missing warn baseline-missing",
    );
    const other = anchor(acc(0.9), { evalSet: { digest: hex(8) } });
    expect(found(decided({ ...sides, anchor: other, model: { gates } })).at(-1)).toBe(
      "anchor missing warn eval-set-changed",
    );
    const without = anchor({ ...acc(0.9), name: "f1" });
    expect(found(decided({ ...sides, anchor: without, model: { gates } })).at(-1)).toBe(
      "accuracy/no-regression@anchor skipped pass anchor-without-metric",
    );
  });

  test("a selection that names another anchor is refused", () => {
    const selection = { anchor: { evaluation: hex(5), from: "tag:v1" } };
    expect(() => decided({ ...sides, model: { gates }, selection })).toThrow(/anchor/);
  });
});

describe("rows", () => {
  const row = (n: number, wrong: boolean, slices: Record<string, string> = {}) => {
    const label = String(n % 2);
    return { label, prediction: wrong ? String(1 - (n % 2)) : label, slices };
  };
  const many = (count: number, wrong: (n: number) => boolean, slices?: (n: number) => Record<string, string>) =>
    Array.from({ length: count }, (_, n) => ({ id: String(n).padStart(6, "0"), ...row(n, wrong(n), slices?.(n)) }));

  test("pairing: intersection compares common ids and says how many were left out; auto refuses; none is unpaired", () => {
    const candidate = rowsSide(
      1,
      many(600, (n) => n % 10 === 0),
      ["accuracy"],
    );
    const baseline = rowsSide(
      2,
      many(601, (n) => n % 10 === 0),
      ["accuracy"],
    );
    const gates = [{ metric: "accuracy", "max-drop": 0.05 }];
    const by = (pairing?: string) =>
      decided({ candidate, baseline, model: { gates, ...(pairing ? { pairing } : {}) } });
    expect(found(by())).toEqual(["accuracy/no-regression missing fail unpaired"]);
    const common = by("intersection");
    expect(common.gates[0]).toMatchObject({ outcome: "pass", n: 600, baseline: 0.9 });
    expect(common.notes?.find(({ code }) => code === "pairing-intersection")?.text).toMatch(
      /left out were 0 of the candidate's rows \(0%\) and 1 of the baseline's \(0.1664%\)/,
    );
    expect(by("none").notes?.map(({ code }) => code)).toContain("pairing-none");
    expect(by("none").gates[0]?.reasons.map(({ code }) => code)).toContain("no-uncertainty");
  });

  test("accept-eval-set compares rows with other ids unpaired, and says so", () => {
    const stated = { metrics: [acc(0.9, 0.004)], evalSet: { digest: hex(8) } };
    const other = rowsSide(
      1,
      many(600, (n) => n % 10 === 0).map((one) => ({ ...one, id: `x${one.id}` })),
      ["accuracy"],
    );
    const document = { ...other.received.document, ...stated };
    const candidate = { ...other, received: { ...other.received, document } };
    const baseline = sideOf([acc(0.9, 0.004)], 2);
    const gates = [{ metric: "accuracy", "max-drop": 0.05 }];
    const refused = decided({ candidate, baseline, model: { gates } });
    expect(found(refused)).toEqual(["accuracy/no-regression missing fail eval-set-changed"]);
    const admitted = decided({ candidate, baseline, model: { gates, "accept-eval-set": hex(8) } });
    expect(found(admitted)).toEqual(["accuracy/no-regression pass pass within-margin"]);
    expect(admitted.gates[0]?.interval?.method).toBe("unpaired-stderr");
    expect(admitted.notes?.map(({ code }) => code)).toEqual(["eval-set-accepted"]);
  });

  test("the rows of several training runs are judged together: means of the runs, and their spread", () => {
    const run = (id: number, wrong: number) =>
      rowsSide(
        id,
        many(600, (n) => n % wrong === 0),
        ["accuracy"],
      );
    const rowsOf = (wrong: number) => {
      const { rows } = run(1, wrong);
      return rows === undefined ? [] : [rows];
    };
    const candidate = { ...run(1, 10), repeats: rowsOf(12) };
    const baseline = { ...run(2, 10), repeats: rowsOf(15) };
    const [gate] = decided({ candidate, baseline, model: { gates: [{ metric: "accuracy", "max-drop": 0.05 }] } }).gates;
    expect(gate?.interval?.method).toBe("repeats");
    expect(gate?.candidate).toBeCloseTo((540 / 600 + 550 / 600) / 2, 12);
    expect(gate?.baseline).toBeCloseTo((540 / 600 + 560 / 600) / 2, 12);
  });

  test("slices by two columns together, and few of the class are not judged and counted", () => {
    const slices = (n: number) => ({ country: n < 300 ? "BR" : "DE", channel: n % 4 < 2 ? "web" : "app" });
    const side = (id: number) =>
      rowsSide(
        id,
        many(600, (n) => n % 10 === 0, slices),
        ["accuracy"],
      );
    const gate = { metric: "accuracy", slices: { by: ["country+channel"], "max-drop": 0.5 } };
    const result = decided({ candidate: side(1), baseline: side(2), model: { gates: [gate] } });
    expect(result.gates.map(({ id }) => id)).toEqual([
      "accuracy/no-regression[country=BR,channel=app]",
      "accuracy/no-regression[country=BR,channel=web]",
      "accuracy/no-regression[country=DE,channel=app]",
      "accuracy/no-regression[country=DE,channel=web]",
    ]);
    const rare = (id: number) =>
      rowsSide(
        id,
        Array.from({ length: 600 }, (_, n) => {
          const label = n % 40 === 0 || n >= 300 ? "1" : "0";
          return { label, prediction: label, slices: { country: n < 300 ? "BR" : "DE" } };
        }),
        ["recall"],
      );
    const recall = { metric: "recall", slices: { by: ["country"], "max-drop": 0.5 } };
    const few = decided({ candidate: rare(1), baseline: rare(2), model: { gates: [recall] } });
    expect(found(few)).toEqual([
      "recall/no-regression[country=BR] skipped pass too-few-rows",
      "recall/no-regression[country=DE] pass pass within-margin",
    ]);
    expect(few.notes?.find(({ code }) => code === "slices-not-judged")?.text).toMatch(
      /1 of 2 slices .*, 50% of the rows/,
    );
  });

  describe("fairness", () => {
    /** Two groups in which these shares of rows are predicted positive, and a third of 50 rows. */
    const groups = (f: number, m: number, size = 1000) => {
      const part = (gender: string, share: number, count: number) =>
        Array.from({ length: count }, (_, n) => ({
          label: String(n % 2),
          prediction: n < share * count ? "1" : "0",
          slices: { gender },
        }));
      const rows = [...part("f", f, size), ...part("m", m, size), ...part("x", 0.9, 50)];
      return rowsSide(1, rows, ["selection_rate"]);
    };
    const judged = (candidate: ReturnType<typeof groups>, fairness: object) =>
      decided({
        candidate,
        baseline: { ...candidate, received: { ...candidate.received, digest: hex(2) } },
        model: { gates: [{ metric: "selection_rate", fairness: { by: "gender", ...fairness } }] },
      });
    test.each([
      ["no gap", 0.3, 0.3, { "difference-max": 0.1 }, "pass pass within-gap"],
      ["a real gap", 0.5, 0.3, { "difference-max": 0.1 }, "fail fail gap-too-large"],
      ["a gap near the limit", 0.4, 0.3, { "difference-max": 0.1 }, "inconclusive warn too-uncertain"],
      ["no gap as a ratio", 0.3, 0.3, { "ratio-min": 0.7 }, "pass pass within-gap"],
      ["a real gap as a ratio", 0.5, 0.3, { "ratio-min": 0.8 }, "fail fail gap-too-large"],
      ["a ratio near the limit", 0.375, 0.3, { "ratio-min": 0.8 }, "inconclusive warn too-uncertain"],
      ["near all rows", 0.32, 0.3, { "to-overall-max": 0.1 }, "pass pass within-gap"],
      ["far from all rows", 0.6, 0.2, { "to-overall-max": 0.1 }, "fail fail gap-too-large"],
    ])("%s", (_, f, m, limit, expected) => {
      expect(found(judged(groups(f, m), limit))).toEqual([`selection_rate/fairness[gender] ${expected}`]);
      expect(found(judged(groups(m, f), limit)), "whichever group is the lower").toEqual([
        `selection_rate/fairness[gender] ${expected}`,
      ]);
    });
    test("a ratio of rates that are all 0 says that a group's value is 0", () => {
      const reason = judged(groups(0, 0), { "ratio-min": 0.8 }).gates[0]?.reasons[0];
      expect(reason).toMatchObject({
        code: "metric-undefined",
        text: expect.stringContaining("The value of a group is 0 or below"),
        next: "Ask for `difference-max` instead, or find out why the value is 0.",
      });
    });
    test("names the worst pair and the groups that were left out", () => {
      const [gate] = judged(groups(0.5, 0.3), { "difference-max": 0.1 }).gates;
      expect(gate?.candidate).toBeCloseTo(0.2, 12);
      expect(gate?.groups).toMatchObject({ worst: ["m", "f"], excluded: [{ group: "x", n: 50, why: "too-few-rows" }] });
      expect(gate?.reasons[0]?.text).toMatch(/gender=m \(0.3\).*gender=f \(0.5\)/);
    });
    test("one group, no column and no rows are missing, never a pass", () => {
      const candidate = groups(0.3, 0.3, 40);
      expect(found(judged(candidate, { "difference-max": 0.1 }))).toEqual([
        "selection_rate/fairness[gender] missing fail groups-missing",
      ]);
      const { rows: _, ...bare } = groups(0.3, 0.3);
      expect(found(judged(bare, { "difference-max": 0.1 }))).toEqual([
        "selection_rate/fairness[gender] missing fail groups-missing",
      ]);
      expect(found(judged(groups(0.3, 0.3), { by: "age", "difference-max": 0.1 }))).toEqual([
        "selection_rate/fairness[age] missing fail groups-missing",
      ]);
    });
  });
});

describe("uncertainty", () => {
  const gates = [{ metric: "accuracy", "max-drop": 0.01 }];

  test("training-sd adds 2·sd² to a difference of single runs", () => {
    const sides = two(acc(0.9, 0.003), acc(0.9, 0.004));
    const half = (model: object) => decided({ ...sides, model: { gates, ...model } }).gates[0]?.interval?.high ?? 0;
    expect(half({})).toBeCloseTo(1.959963984540054 * 0.005, 10);
    expect(half({ "training-sd": { accuracy: 0.006 } })).toBeCloseTo(
      1.959963984540054 * Math.sqrt(0.005 ** 2 + 2 * 0.006 ** 2),
      10,
    );
    expect(half({ "training-sd": { f1: 0.006 } })).toBeCloseTo(1.959963984540054 * 0.005, 10);
  });

  test("one run of a model that is trained, or that should have repeats, is remarked once", () => {
    const codes = (more: object, train = {}) => {
      const candidate = sideOf([acc(0.9, 0.001), { ...acc(0.9, 0.001), name: "f1" }], 1, train);
      const both = { candidate, baseline: sideOf([acc(0.9, 0.001), { ...acc(0.9, 0.001), name: "f1" }], 2) };
      const model = { gates: [...gates, { metric: "f1", "max-drop": 0.01 }], ...more };
      return (decided({ ...both, model }).notes ?? []).map(({ code }) => code);
    };
    expect(codes({})).toEqual([]);
    expect(codes({ repeats: 5 })).toEqual(["training-noise"]);
    expect(codes({}, { train: hex(11) })).toEqual(["training-noise"]);
  });

  test("fewer runs than the policy asks for are remarked", () => {
    const runs = (...values: number[]) => acc(0.9, undefined, { repeats: values });
    const notes = (repeats: number) =>
      decided({ ...two(runs(0.9, 0.91), runs(0.9, 0.89)), model: { gates, repeats } }).notes ?? [];
    expect(notes(2)).toEqual([]);
    expect(notes(5)).toMatchObject([
      { code: "training-noise", text: expect.stringContaining("2 training runs, fewer than the 5") },
    ]);
  });

  test("uncertainty on one side only names the side without", () => {
    const reason = (a: ReturnType<typeof acc>, b: ReturnType<typeof acc>) =>
      decided({ ...two(a, b), model: { gates } }).gates[0]?.reasons.find(({ code }) => code === "no-uncertainty");
    expect(reason(acc(0.9, 0.01), acc(0.9))?.text).toContain("for accuracy of the baseline, so");
    expect(reason(acc(0.9, 0.01), acc(0.9))?.next).toContain("Record the baseline again");
    expect(reason(acc(0.9), acc(0.9, 0.01))?.text).toContain("for accuracy of the candidate, so");
    expect(reason(acc(0.9), acc(0.9))?.text).toContain("for accuracy, so");
  });

  test("five runs on each side show P(A > B)", () => {
    const runs = (values: number[]) =>
      acc(values.reduce((a, b) => a + b) / values.length, undefined, { repeats: values });
    const sides = two(runs([0.9, 0.91, 0.92, 0.93, 0.94]), runs([0.9, 0.9, 0.9, 0.9, 0.95]));
    // 4·(4 wins + ties of 0.9) … counted by hand: 0.9 ties four and loses one, the other four win four and lose one.
    expect(decided({ ...sides, model: { gates } }).gates[0]?.pSuperior).toBeCloseTo((4 * 0.5 + 4 * 4) / 25, 12);
    const four = two(runs([0.9, 0.91, 0.92, 0.93]), runs([0.9, 0.9, 0.9, 0.9]));
    expect(decided({ ...four, model: { gates } }).gates[0]?.pSuperior).toBeUndefined();
  });

  test("a handful of rows is remarked", () => {
    const three = (id: number) =>
      rowsSide(
        id,
        ["1", "0", "1"].map((label) => ({ label, prediction: label })),
        ["accuracy"],
      );
    const gates = [{ metric: "accuracy", "max-drop": 0.01 }];
    expect(found(decided({ candidate: three(1), baseline: three(2), model: { gates } }))).toEqual([
      "accuracy/no-regression inconclusive warn too-uncertain+low-n",
    ]);
  });

  test("rows needed stand on every inconclusive and every passed gate that has a margin and an sd", () => {
    const needed = (stderr: number) =>
      decided({ ...two(acc(0.9, stderr), acc(0.9, stderr)), model: { gates } }).gates[0];
    const sd = Math.sqrt(2 * 1000) * 0.001;
    expect(needed(0.001)).toMatchObject({ outcome: "pass", rowsNeeded: rowsNeeded(sd, 0.01, 0.95) });
    expect(needed(0.01)).toMatchObject({ outcome: "inconclusive", rowsNeeded: rowsNeeded(sd * 10, 0.01, 0.95) });
  });

  test("Holm holds over the metrics of a glob: a loss that is real alone is open among twenty", () => {
    const metrics = (worst: number) =>
      Array.from({ length: 20 }, (_, at) => ({ ...acc(at === 0 ? worst : 0.9, 0.005), name: `task.${at}.acc` }));
    const judge = (metric: string) =>
      decided({
        candidate: sideOf(metrics(0.885), 1),
        baseline: sideOf(metrics(0.9), 2),
        model: { gates: [{ metric, "max-drop": 0.01 }] },
      }).gates[0];
    const alone = judge("task.0.acc");
    expect(alone?.p).toBeLessThan(0.025);
    expect(alone?.outcome).toBe("fail");
    expect(judge("task.*.acc")).toMatchObject({ outcome: "inconclusive", p: alone?.p });
  });
});
