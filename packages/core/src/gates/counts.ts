import type { Counts, GateResult } from "../documents/verdict.ts";
import { concernOf } from "./reasons.ts";

/** Counts results by what was found: every result once, and the waived ones once more beside. */
export function countsOf(results: readonly GateResult[]): Counts {
  const counts: Counts = { pass: 0, fail: 0, inconclusive: 0, incomparable: 0, missing: 0, skipped: 0, waived: 0 };
  for (const { outcome, reasons, waiver } of results) {
    const incomparable = outcome === "missing" && concernOf(reasons[0]?.code ?? "") === "incomparable";
    counts[incomparable ? "incomparable" : outcome]++;
    if (waiver !== undefined) counts.waived++;
  }
  return counts;
}
