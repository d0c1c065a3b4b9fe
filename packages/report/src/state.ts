import { isFirstRun, isOfFirstRun } from "./content/first-run.ts";
import type { ModelReport, ReportState, ReportView } from "./view.ts";

/** The states in order of precedence. */
export const statePrecedence: readonly ReportState[] = [
  "crashed",
  "stale",
  "fail",
  "inconclusive",
  "warn",
  "first-run",
  "pass",
  "not-judged",
  "nothing-changed",
];

/** One model's state. A model without any document counts as crashed: what was not measured is never green. */
export function modelState(model: ModelReport): ReportState {
  const { verdict } = model;
  if (model.crashed !== undefined) return "crashed";
  if (verdict === undefined) return model.candidate === undefined ? "crashed" : "not-judged";
  if (verdict.verdict === undefined) return isFirstRun(verdict) ? "first-run" : "not-judged";
  if (verdict.verdict === "fail") return "fail";
  const warned = verdict.gates.filter((gate) => gate.verdict === "warn" && !isOfFirstRun(verdict, gate));
  if (warned.some((gate) => gate.outcome === "inconclusive" && gate.waiver === undefined)) return "inconclusive";
  if (warned.length > 0) return "warn";
  if (isFirstRun(verdict)) return "first-run";
  return verdict.verdict === "warn" ? "warn" : "pass";
}

/** The report's state: the first of the nine that applies to any model. */
export function stateOf(view: ReportView): ReportState {
  const found = new Set<ReportState>(view.models.map(modelState));
  if (view.stale !== undefined) found.add("stale");
  return statePrecedence.find((state) => found.has(state)) ?? "nothing-changed";
}
