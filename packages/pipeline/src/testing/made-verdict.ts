import type { Verdict } from "@metricgate/core/documents/verdict";

/** A verdict about `m` that judged nothing, unless told otherwise. */
export function madeVerdict(part: Partial<Verdict> = {}): Verdict {
  return {
    kind: "metricgate/verdict@1",
    model: "m",
    candidate: { evaluation: `sha256:${"1".repeat(64)}` },
    selection: `sha256:${"2".repeat(64)}`,
    policy: { changedHere: false, advisory: false },
    gates: [],
    ungated: [],
    counts: { pass: 0, fail: 0, inconclusive: 0, incomparable: 0, missing: 0, skipped: 0, waived: 0 },
    ...part,
  };
}
