import type { GateResult, Verdict } from "@metricgate/core/documents/verdict";
import { clip } from "@metricgate/core/text/clip";
import { visible } from "../escape/visible.ts";
import { evenColumns } from "../format/even-columns.ts";
import { gateNumbers, tableDecimals } from "../format/gate-numbers.ts";
import { count, plural } from "../format/number.ts";
import { worstFirst } from "./order.ts";
import { gainSign, isReal, resultWord } from "./result-word.ts";
import { sliceName } from "./slice-name.ts";

const widest = 12;

/** The results about slices, worst first. */
export function sliceGates(verdict: Verdict): GateResult[] {
  return worstFirst(verdict).filter((gate) => gate.slice !== undefined);
}

/** `2 worse · 1 better · 11 no real change`, or `all 14 no real change` */
export function sliceFinding(gates: readonly GateResult[]): string {
  const words = new Map<string, number>();
  for (const gate of gates) words.set(resultWord(gate), (words.get(resultWord(gate)) ?? 0) + 1);
  const parts = [...words].map(([word, n]) => `${count(n)} ${word}`);
  if (parts.length === 1 && gates.length > 1) return `all ${parts.join("")}`;
  return parts.length === 0 ? plural(0, "slice") : parts.join(" · ");
}

/** Slices as lines of even columns with bars of `#`, the same width in every font: metric, slice, n, both values, change, bar, word. */
export function sliceBars(gates: readonly GateResult[]): string[] {
  const top = gates.reduce(
    (most, gate) => Math.max(most, gainSign(gate) === 0 || !isReal(gate) ? 0 : Math.abs(gate.change ?? 0)),
    0,
  );
  const decimals = tableDecimals(gates);
  const cells = gates.map((gate) => {
    const numbers = gateNumbers(gate, decimals.get(gate.metric));
    const length =
      top === 0 || gate.change === undefined || !isReal(gate) ? 0 : Math.round((widest * Math.abs(gate.change)) / top);
    const allowed = numbers.allowed === "" || gate.outcome === "pass" ? "" : ` (allowed ${numbers.allowed})`;
    return [
      clip(visible(gate.slice === undefined ? "" : sliceName(gate.slice)), 40),
      clip(visible(gate.metric), 32),
      gate.n === undefined ? "" : count(gate.n),
      numbers.baseline,
      numbers.candidate,
      numbers.change,
      "#".repeat(length),
      `${resultWord(gate)}${allowed}`,
    ];
  });
  const all = [["slice", "metric", "n", "base", "this", "change", "", ""], ...cells];
  return evenColumns(all, new Set([2, 3, 4, 5]));
}
