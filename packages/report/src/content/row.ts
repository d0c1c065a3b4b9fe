import type { GateResult, Verdict } from "@metricgate/core/documents/verdict";
import { safeUnit } from "../escape/unit.ts";
import { type Decimals, type GateNumbers, gateNumbers, tableDecimals } from "../format/gate-numbers.ts";
import { anchorName } from "./anchor-name.ts";
import { isOfFirstRun } from "./first-run.ts";
import { hasReason, resultWord } from "./result-word.ts";
import { sliceName } from "./slice-name.ts";

/** A gate as a line of a table: what was found in one word, then the numbers. `metric`, `slice` and `against` are unescaped. */
export interface Row {
  mark: "❌" | "⚠️" | "✅" | "➖" | "🆕";
  word: string;
  metric: string;
  /** The slice, or of a gap between groups the two that lie furthest apart. */
  slice: string | undefined;
  /** The second baseline, when the gate was held against it. */
  against: string | undefined;
  unit: string;
  /** Which way is good. */
  arrow: "" | "↑" | "↓" | "≈";
  /** The kind of rule where it is not plain from the numbers, and what to know about it; our own words. */
  rule: string;
  numbers: GateNumbers;
  n: number | undefined;
  gate: GateResult;
}

function mark(verdict: Verdict, gate: GateResult, word: string): Row["mark"] {
  if (isOfFirstRun(verdict, gate)) return "🆕";
  if (gate.verdict === "fail") return "❌";
  if (gate.verdict === "warn") return "⚠️";
  if (word === "new") return "🆕";
  return gate.outcome === "pass" ? "✅" : "➖";
}

/** Which way is good. */
export const arrows = { up: "↑", down: "↓", near: "≈" } as const;
const rules: Record<GateResult["rule"], string> = {
  min: "floor",
  max: "ceiling",
  improvement: "must improve",
  equivalence: "must not change",
  history: "past runs",
  fairness: "gap of groups",
  "no-regression": "",
  near: "target",
  presence: "",
  baseline: "",
};

function ruleText(gate: GateResult): string {
  const kind = gate.band === undefined ? rules[gate.rule] : `band of ${gate.band.runs} past runs`;
  const ratio = gate.groups?.measure === "ratio" ? "ratio of groups" : undefined;
  const missed = gate.outcome === "fail" || gate.outcome === "inconclusive";
  return [
    ratio ?? kind,
    gate.evidence === "bound" ? "whole interval" : "",
    hasReason(gate, "low-n") ? "few rows" : hasReason(gate, "few-rows-differ") ? "few rows differ" : "",
    missed && gate.severity === "warn" ? "warns only" : "",
    missed && gate.severity === "info" ? "shown only" : "",
  ]
    .filter((part) => part !== "")
    .join(", ");
}

/** `gender=F, M`: the worst pair of groups, or one group against all rows. */
function pairName({ groups }: GateResult): string | undefined {
  if (groups?.worst === undefined) return undefined;
  const [one, other] = groups.worst;
  return groups.measure === "to-overall" ? `${groups.by}=${one}` : `${groups.by}=${one} and ${groups.by}=${other}`;
}

/** Makes the lines of a table: one metric's numbers have the same decimals in all of them. */
export function rowsOf(verdict: Verdict, gates: readonly GateResult[]): Row[] {
  const decimals = tableDecimals(gates);
  return gates.map((gate) => rowOf(verdict, gate, decimals.get(gate.metric)));
}

/** Makes the line of one gate; `least` are the decimals of its table. */
export function rowOf(verdict: Verdict, gate: GateResult, least?: Decimals): Row {
  const first = isOfFirstRun(verdict, gate);
  const word = first ? "new" : resultWord(gate);
  return {
    mark: mark(verdict, gate, word),
    word,
    metric: gate.metric,
    slice: gate.slice === undefined ? pairName(gate) : sliceName(gate.slice),
    against: gate.against === undefined || gate.rule === "baseline" ? undefined : anchorName(verdict),
    unit: safeUnit(gate.unit),
    arrow: gate.direction === undefined ? "" : arrows[gate.direction],
    rule: ruleText(gate),
    numbers: gateNumbers(gate, least),
    n: gate.n,
    gate,
  };
}
