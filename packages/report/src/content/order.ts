import type { GateResult, Verdict } from "@metricgate/core/documents/verdict";
import { isOfFirstRun } from "./first-run.ts";
import { changed, gainSign } from "./result-word.ts";

/** 0 failed, 1 warned, 2 really changed and passed, or new with the model, 3 the rest. */
export function rank(verdict: Verdict, gate: GateResult): 0 | 1 | 2 | 3 {
  if (gate.verdict === "fail") return 0;
  if (gate.verdict === "warn" && !isOfFirstRun(verdict, gate)) return 1;
  // A loss that is shown only is still one to see.
  const seen = changed(gate) || gate.outcome === "fail";
  return (seen && gate.slice === undefined) || isOfFirstRun(verdict, gate) ? 2 : 3;
}

/** How many margins were lost; a limit that was missed counts by its distance, what has no number comes after what has one. */
function depth(gate: GateResult): number {
  if (gate.outcome === "missing") return -1;
  if (gate.rule !== "near" && gate.limit !== undefined && gate.candidate !== undefined) {
    const distance = Math.abs(gate.candidate - gate.limit) / (Math.abs(gate.limit) || 1);
    return gate.outcome === "fail" ? distance : -distance;
  }
  if (gate.change === undefined) return 0;
  const either = gate.direction === "near" || gate.rule === "equivalence";
  const loss = either ? Math.abs(gate.change) : -gainSign(gate) * Math.abs(gate.change);
  return loss / (gate.margin || 1e-9);
}

/** A verdict is sorted once, although each extent that is tried asks again: 100,000 gates would be sorted forty times. */
const sorted = new WeakMap<Verdict, readonly GateResult[]>();

/** Every gate, worst first: failed, warned, really changed, the rest; inside by how many margins were lost, then by id (code units). */
export function worstFirst(verdict: Verdict): readonly GateResult[] {
  const known = sorted.get(verdict);
  if (known !== undefined) return known;
  const gates = verdict.gates
    .map((gate) => ({ gate, rank: rank(verdict, gate), depth: depth(gate) }))
    .sort(
      (a, b) => a.rank - b.rank || b.depth - a.depth || (a.gate.id < b.gate.id ? -1 : a.gate.id > b.gate.id ? 1 : 0),
    )
    .map((entry) => entry.gate);
  sorted.set(verdict, gates);
  return gates;
}

const worthALine = new WeakMap<Verdict, readonly GateResult[]>();

/** The gates worth a line of the first table. */
export function tableGates(verdict: Verdict): readonly GateResult[] {
  const known = worthALine.get(verdict);
  if (known !== undefined) return known;
  const gates = worstFirst(verdict).filter((gate) => rank(verdict, gate) < 3);
  worthALine.set(verdict, gates);
  return gates;
}

/** Results that were judged at all. */
export function judged(verdict: Verdict): GateResult[] {
  return verdict.gates.filter((gate) => gate.outcome !== "skipped");
}
