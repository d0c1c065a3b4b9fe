import type { GateResult, Verdict } from "@metricgate/core/documents/verdict";

/** True when nothing is known of the model yet, so that there is nothing to compare with. */
export function isFirstRun(verdict: Verdict): boolean {
  return verdict.baselineMissing?.code === "first-run";
}

const comparing: ReadonlySet<GateResult["rule"]> = new Set(["no-regression", "improvement", "equivalence", "baseline"]);

/** True for a warning that says no more than that there is no baseline yet. */
export function isOfFirstRun(verdict: Verdict, gate: GateResult): boolean {
  return (
    isFirstRun(verdict) &&
    comparing.has(gate.rule) &&
    gate.verdict !== "fail" &&
    (gate.outcome === "missing" || gate.outcome === "skipped")
  );
}
