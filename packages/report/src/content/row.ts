import type { GateResult, Verdict } from "@metricgate/core/documents/verdict";
import { safeUnit } from "../escape/unit.ts";
import { type GateNumbers, gateNumbers } from "../format/gate-numbers.ts";
import { isOfFirstRun } from "./first-run.ts";
import { sliceName } from "./slice-name.ts";

/** A gate as a line of a table: what was found in one word, then the numbers. `metric` and `slice` are unescaped. */
export interface Row {
  mark: "❌" | "⚠️" | "✅" | "➖" | "🆕";
  word: string;
  metric: string;
  slice: string | undefined;
  unit: string;
  /** Which way is good. */
  arrow: "" | "↑" | "↓" | "≈";
  /** For a floor, a ceiling or an improvement. */
  rule: string;
  numbers: GateNumbers;
  n: number | undefined;
  gate: GateResult;
}

const incomparable = new Set([
  "eval-set-changed",
  "eval-set-unknown",
  "unpaired",
  "rows-dropped",
  "labels-differ",
  "incomparable",
]);

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

function failWord(gate: GateResult): string {
  switch (gate.rule) {
    case "min":
      return "too low";
    case "max":
      return "too high";
    case "near":
      return "too far off";
    case "improvement":
      return "not better";
    case "equivalence":
      return "changed";
    case "history":
      return "unusual";
    case "fairness":
      return "unfair";
    case "no-regression":
      return "worse";
    default:
      return "missing";
  }
}

const limits: ReadonlySet<GateResult["rule"]> = new Set(["min", "max", "near", "history", "fairness"]);

/** What a gate found, in the report's words. */
export function resultWord(gate: GateResult): string {
  if (gate.waiver !== undefined && gate.outcome !== "pass") return "waived";
  switch (gate.outcome) {
    case "fail":
      return failWord(gate);
    case "inconclusive":
      return "inconclusive";
    case "missing":
      return gate.reasons.some((reason) => incomparable.has(reason.code)) ? "not comparable" : "missing";
    case "skipped":
      return gate.reasons.some((reason) => reason.code === "new") ? "new" : "not judged";
    case "pass":
      if (limits.has(gate.rule)) return "within limit";
      if (!changed(gate)) return "no real change";
      return gainSign(gate) > 0 ? "better" : "worse, allowed";
  }
}

function mark(verdict: Verdict, gate: GateResult, word: string): Row["mark"] {
  if (isOfFirstRun(verdict, gate)) return "🆕";
  if (gate.verdict === "fail") return "❌";
  if (gate.verdict === "warn") return "⚠️";
  if (word === "new") return "🆕";
  return gate.outcome === "pass" ? "✅" : "➖";
}

const arrows = { up: "↑", down: "↓", near: "≈" } as const;
const rules = {
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
} as const;

/** Makes the line of one gate. */
export function rowOf(verdict: Verdict, gate: GateResult): Row {
  const first = isOfFirstRun(verdict, gate);
  const word = first ? "new" : resultWord(gate);
  return {
    mark: mark(verdict, gate, word),
    word,
    metric: gate.metric,
    slice: gate.slice === undefined ? undefined : sliceName(gate.slice),
    unit: safeUnit(gate.unit),
    arrow: gate.direction === undefined ? "" : arrows[gate.direction],
    rule: [rules[gate.rule], gate.against === undefined ? "" : "against the anchor"]
      .filter((part) => part !== "")
      .join(", "),
    numbers: gateNumbers(gate),
    n: gate.n,
    gate,
  };
}
