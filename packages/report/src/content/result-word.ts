import type { GateResult } from "@metricgate/core/documents/verdict";
import type { Concern } from "@metricgate/core/gates/reason-table/reason-entry";
import { concernOf } from "@metricgate/core/gates/reasons";

/** The sign of a gain: 1 better, −1 worse, 0 unknown or none. */
export function gainSign(gate: Pick<GateResult, "direction" | "change">): number {
  if (gate.change === undefined || gate.direction === undefined || gate.direction === "near") return 0;
  return Math.sign(gate.change) * (gate.direction === "up" ? 1 : -1);
}

/** A change is real when its interval leaves out zero; without an interval every change counts. */
export function isReal(gate: GateResult): boolean {
  if (gate.change === undefined || gate.change === 0) return false;
  return gate.interval === undefined || gate.interval.low > 0 || gate.interval.high < 0;
}

/** A gate that passed and changed for real: worth a line. */
export function changed(gate: GateResult): boolean {
  return (
    gate.outcome === "pass" &&
    (gate.rule === "no-regression" || gate.rule === "improvement") &&
    isReal(gate) &&
    gainSign(gate) !== 0
  );
}

/** True when only an earlier attempt on the same commit failed: this attempt's own numbers may be good, and do not undo it. */
export function failedBefore(gate: GateResult): boolean {
  return gate.verdict === "fail" && gate.outcome !== "fail" && hasReason(gate, "earlier-attempt");
}

/** Whether a result has a reason of this code. */
export function hasReason({ reasons }: Pick<GateResult, "reasons">, code: string): boolean {
  return reasons.some((reason) => reason.code === code);
}

/** What the first reason of a result is about. */
export function concernOfGate({ reasons }: Pick<GateResult, "reasons">): Concern {
  return concernOf(reasons[0]?.code ?? "");
}

const failWords: Record<GateResult["rule"], string> = {
  min: "too low",
  max: "too high",
  near: "too far off",
  improvement: "not better",
  equivalence: "changed",
  history: "unusual",
  fairness: "unfair",
  "no-regression": "worse",
  presence: "missing",
  baseline: "missing",
};

const limits: ReadonlySet<GateResult["rule"]> = new Set(["min", "max", "near", "history", "fairness"]);

/** What a gate found, in the report's words. */
export function resultWord(gate: GateResult): string {
  if (failedBefore(gate)) return "failed before";
  if (gate.waiver !== undefined && gate.outcome !== "pass") return "waived";
  const concern = concernOfGate(gate);
  switch (gate.outcome) {
    case "fail":
      return failWords[gate.rule];
    case "inconclusive":
      return "inconclusive";
    case "missing":
      return concern === "incomparable" ? "not comparable" : concern === "baseline" ? "no baseline" : "missing";
    case "skipped":
      return concern === "new" ? "new" : concern === "stale" ? "too old" : "not judged";
    case "pass":
      if (limits.has(gate.rule)) return "within limit";
      if (!changed(gate)) return gate.rule === "equivalence" && isReal(gate) ? "within limit" : "no real change";
      return gainSign(gate) > 0 ? "better" : "worse, allowed";
  }
}
