import { describe, expect, test } from "vitest";
import type { Digest } from "../documents/digest.ts";
import type { Evaluation } from "../documents/evaluation.ts";
import type { Verdict } from "../documents/verdict.ts";
import { UserError } from "../errors/user-error.ts";
import type { Policy } from "../policy/schema.ts";
import { acceptedUnder, isWaived, waiversUsed } from "./accepted.ts";
import { type PastRead, pastRuns } from "./history-asked.ts";
import { metricHistory } from "./metric-history.ts";

const digestOf = (digit: string) => `sha256:${digit.repeat(64)}` as Digest;
const policies = { one: digestOf("a"), two: digestOf("b") };

function record(at: number, value: number | undefined, part: Partial<Evaluation> = {}): PastRead {
  const document: Evaluation = {
    kind: "metricgate/evaluation@1",
    model: { name: "m" },
    source: { committedAt: `2026-11-${String(10 + at)}T09:00:00Z` },
    metrics: [
      value === undefined ? { name: "auc", undefined: "no-positives" } : { name: "auc", value, direction: "up" },
      { name: "auc", slice: { country: "BR" }, value: 0.1 },
    ],
    ...part,
  };
  return { sha: String(at).repeat(40), received: { document, digest: digestOf(String(at)) } };
}

const reads: PastRead[] = [
  record(1, 0.8),
  record(2, 0.81, { accepted: { policy: policies.one } }),
  record(3, 0.7, { accepted: { policy: policies.one, waived: ["auc/no-regression"] } }),
  { sha: "4".repeat(40), unreadable: "it is not a document" },
  record(5, undefined, { accepted: { policy: policies.two, waived: ["loss"] } }),
  record(6, 0.82, { accepted: { policy: policies.two }, evalSet: { digest: digestOf("e") } }),
  record(7, 0.9, { accepted: { policy: policies.two }, evalSet: { digest: digestOf("f") } }),
];

describe("the accepted values of a metric", () => {
  test("are one point for each record, with what was special about it", () => {
    const { points, direction } = metricHistory("m", "auc", reads);
    expect(direction).toBe("up");
    expect(points.map(({ value, without }) => value ?? without)).toEqual([
      0.8,
      0.81,
      0.7,
      "unreadable",
      "no-positives",
      0.82,
      0.9,
    ]);
    const marked = (key: "waived" | "policyChanged" | "evalSetChanged") =>
      points.flatMap((p, at) => (p[key] ? [at] : []));
    expect(marked("waived")).toEqual([2]);
    expect(marked("policyChanged")).toEqual([4]);
    expect(marked("evalSetChanged")).toEqual([6]);
  });

  test("of a metric that no record has are refused with the nearest name; so is a place without records", () => {
    expect(() => metricHistory("m", "acu", reads)).toThrow(UserError);
    try {
      metricHistory("m", "acu", reads);
    } catch (error) {
      expect(error instanceof UserError && error.problems[0]?.next).toBe("Did you mean `auc`?");
    }
    expect(() => metricHistory("m", "auc", [])).toThrow(/no accepted run/);
  });
});

test("the selection's past runs carry the same marks, also across a run that is left out for its eval set", () => {
  const { document: candidate } = (reads[0] as { received: { document: Evaluation } }).received;
  const { history } = pastRuns({ window: 20, metrics: ["auc"] }, reads, candidate);
  expect(history.map(({ waived, policyChanged }) => [waived, policyChanged])).toEqual([
    [undefined, undefined],
    [undefined, undefined],
    [["auc"], undefined],
    [undefined, true],
  ]);
});

describe("whether a waiver was used", () => {
  const accepted = { policy: policies.one, waived: ["auc", "loss"] };
  const values = [
    { name: "auc", value: 0.7 },
    { name: "loss", value: 0.3 },
  ];
  const read = (at: number, used?: string[]): PastRead => ({
    ...record(at, 0.7, { accepted, metrics: values }),
    ...(used === undefined ? {} : { waiversUsed: used }),
  });
  const past = [read(1), read(2, []), read(3, ["auc", "other"]), record(4, 0.7)];

  test("is told of each accepted value as far as its verdict was kept", () => {
    const { points } = metricHistory("m", "auc", past);
    expect(points.map(({ waived, waiverUsed }) => [waived, waiverUsed])).toEqual([
      [true, undefined],
      [true, false],
      [true, true],
      [undefined, undefined],
    ]);
  });

  test("stands in the selection beside what was in force", () => {
    const document = { metrics: values } as unknown as Evaluation;
    const { history } = pastRuns({ window: 20, metrics: ["auc", "loss"] }, past, document);
    expect(history.map(({ waived, waiversUsed }) => [waived, waiversUsed])).toEqual([
      [["auc", "loss"], undefined],
      [["auc", "loss"], []],
      [["auc", "loss"], ["auc"]],
      [undefined, undefined],
    ]);
  });

  test("is what the verdict on that very evaluation says of all rows", () => {
    const result = (metric: string, part: object = {}) => ({ metric, ...part });
    const waiver = { gate: "g", reason: "r", by: "asha", until: "2026-12-15" };
    const verdict = {
      candidate: { evaluation: digestOf("1") },
      gates: [
        result("auc", { waiver }),
        result("auc", { waiver }),
        result("loss"),
        result("f1", { waiver, slice: { country: "BR" } }),
      ],
    } as unknown as Verdict;
    expect(waiversUsed(verdict, digestOf("1"))).toEqual(["auc"]);
    expect(waiversUsed(verdict, digestOf("2"))).toBeUndefined();
  });
});

describe("what a record keeps of the policy of its day", () => {
  const policy = {
    version: 1,
    models: {},
    waivers: [
      { model: "m", gate: "auc*", reason: "r", by: "asha", until: "2026-11-20" },
      { gate: "loss/max", reason: "r", by: "asha", until: "2026-11-01" },
      { model: "other", gate: "f1", reason: "r", by: "asha", until: "2026-12-01" },
    ],
  } as unknown as Policy;

  test("its digest, and the waivers of this model that are in force on the day of the commit", () => {
    expect(acceptedUnder(policy, policies.one, "m", "2026-11-20T23:00:00Z")).toEqual({
      policy: policies.one,
      waived: ["auc*"],
    });
    expect(acceptedUnder(policy, policies.one, "m", "2026-11-21T00:00:00Z")).toEqual({ policy: policies.one });
    expect(acceptedUnder(policy, policies.one, "m", undefined)).toEqual({ policy: policies.one });
  });

  test.each([
    ["auc*", "auc_pr", true],
    ["auc/no-regression", "auc", true],
    ["auc", "auc", true],
    ["auc", "auc_pr", false],
    ["auc/min", "auc/m", false],
    ["auc/no-regression[country=BR]", "auc", false],
  ])("a waiver of %s covers %s: %s", (gate, metric, covered) => {
    expect(isWaived({ accepted: { policy: policies.one, waived: [gate] } }, metric)).toBe(covered);
  });
});
