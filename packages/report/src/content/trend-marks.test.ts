import type { Digest } from "@metricgate/core/documents/digest";
import type { PastRun } from "@metricgate/core/documents/selection";
import { expect, test } from "vitest";
import { trendFold } from "../markdown/trend-fold.ts";
import type { ModelReport } from "../view.ts";

const digest = `sha256:${"0".repeat(64)}` as Digest;
const run = (digit: number, part: Partial<PastRun> = {}): PastRun => ({
  sha: String(digit).repeat(40),
  evaluation: digest,
  values: { auc: 0.8 + digit / 100, f1: 0.5 },
  ...part,
});

function report(history: PastRun[]): ModelReport {
  const gate = { id: "auc/history", gate: "auc", metric: "auc", rule: "history", candidate: 0.9 } as const;
  return {
    model: "m",
    history,
    verdict: {
      kind: "metricgate/verdict@1",
      model: "m",
      candidate: { evaluation: digest },
      selection: digest,
      policy: { changedHere: false, advisory: false },
      gates: [{ ...gate, outcome: "pass", verdict: "pass", severity: "error", reasons: [] }],
      ungated: [],
      counts: { pass: 1, fail: 0, inconclusive: 0, incomparable: 0, missing: 0, skipped: 0, waived: 0 },
    },
  };
}

test("the trend says which of its accepted runs were waived, and where the policy changed", () => {
  const history = [
    run(1),
    run(2, { waived: ["auc"], policyChanged: true }),
    run(3, { waived: ["f1"] }),
    run(4, { policyChanged: true }),
  ];
  expect(trendFold(report(history), 5, false)).toContain(
    "`waiver in force at 2222222; policy changed at 2222222, 4444444`",
  );
});

test("it says of a waiver whether the verdict of that day used it, where that verdict is known", () => {
  const history = [
    run(1, { waived: ["auc"] }),
    run(2, { waived: ["auc", "f1"], waiversUsed: ["auc"] }),
    run(3, { waived: ["auc", "f1"], waiversUsed: ["f1"] }),
    run(4, { waived: ["auc"], waiversUsed: [] }),
  ];
  expect(trendFold(report(history), 5, false)).toContain(
    "`waiver used at 2222222; waiver in force, not needed at 3333333, 4444444; waiver in force at 1111111`",
  );
});

test("it says nothing where nothing was special, and names the latest five of many", () => {
  expect(trendFold(report([run(1), run(2)]), 5, false)).not.toMatch(/waived|policy/);
  const many = [1, 2, 3, 4, 5, 6, 7].map((digit) => run(digit, { policyChanged: true }));
  expect(trendFold(report(many), 5, false)).toContain(
    "policy changed at 3333333, 4444444, 5555555, 6666666, 7777777 and 2 more",
  );
});
