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

/** All gates, worst first, and of them those worth a line of the first table. */
interface Sorted {
  all: readonly GateResult[];
  worthALine: readonly GateResult[];
}

/** A verdict is sorted once, although each extent that is tried asks again: 100,000 gates would be sorted forty times. */
const known = new WeakMap<Verdict, Sorted>();

function sorted(verdict: Verdict): Sorted {
  const before = known.get(verdict);
  if (before !== undefined) return before;
  const { gates } = verdict;
  const ranks = Uint8Array.from(gates, (gate) => rank(verdict, gate));
  const depths = Float64Array.from(gates, depth);
  // Places of gates are sorted, not objects, and only inside of a rank.
  const worse = (a: number, b: number): number => {
    const [mine, theirs] = [gates[a]?.id ?? "", gates[b]?.id ?? ""];
    return (depths[b] ?? 0) - (depths[a] ?? 0) || (mine < theirs ? -1 : mine > theirs ? 1 : 0);
  };
  const byRank = ([0, 1, 2, 3] as const).map((of) => {
    const places: number[] = [];
    for (let at = 0; at < ranks.length; at++) if (ranks[at] === of) places.push(at);
    return places.sort(worse).flatMap((at) => gates[at] ?? []);
  });
  const found = { all: byRank.flat(), worthALine: byRank.slice(0, 3).flat() };
  known.set(verdict, found);
  return found;
}

/** Every gate, worst first: failed, warned, really changed, the rest; inside by how many margins were lost, then by id (code units). */
export function worstFirst(verdict: Verdict): readonly GateResult[] {
  return sorted(verdict).all;
}

/** The gates worth a line of the first table. */
export function tableGates(verdict: Verdict): readonly GateResult[] {
  return sorted(verdict).worthALine;
}

/** Results that were judged at all. */
export function judged(verdict: Verdict): GateResult[] {
  return verdict.gates.filter((gate) => gate.outcome !== "skipped");
}
