import type { GateResult } from "@metricgate/core/documents/verdict";
import { named, type Sentence, words } from "../content/piece.ts";
import { gateNumbers } from "../format/gate-numbers.ts";

/** `pr_auc +0.0114 (+0.0050 to +0.0180), 0.6124 → 0.6238` */
export function changeOf(gate: GateResult): Sentence {
  const { change, interval, baseline, candidate } = gateNumbers(gate);
  const spread = interval === "" ? "" : ` (${interval})`;
  const sizes = change === "" ? ` ${candidate}` : ` ${change}${spread}, ${baseline} → ${candidate}`;
  return [named(gate.metric), words(sizes)];
}
