import { plural } from "../format/number.ts";
import { modelState } from "../state.ts";
import type { ModelReport, ReportState, ReportView } from "../view.ts";
import { judged } from "./order.ts";
import { waitWords } from "./owner-approval.ts";
import { joined, type Sentence, words } from "./piece.ts";
import { failedBefore } from "./result-word.ts";

/** The mark of each state; the words beside it carry the meaning. */
export const marks: Record<ReportState, string> = {
  crashed: "💥",
  stale: "⏭",
  fail: "❌",
  inconclusive: "⚠️",
  warn: "⚠️",
  "first-run": "🆕",
  pass: "✅",
  "not-judged": "➖",
  "nothing-changed": "➖",
};

/** What became of one model, without its name: `2 of 9 gates failed`. */
export function modelFinding(model: ModelReport): string {
  const { verdict } = model;
  const state = modelState(model);
  const all = verdict === undefined ? [] : judged(verdict);
  const gates = plural(all.length, "gate");
  switch (state) {
    case "crashed":
      return "the evaluation did not finish";
    case "fail": {
      const failed = all.filter((gate) => gate.verdict === "fail");
      const before = failed.every(failedBefore) ? " in an earlier attempt" : "";
      return `${failed.length} of ${gates} failed${before}`;
    }
    case "inconclusive": {
      const open = all.filter((gate) => gate.outcome === "inconclusive" && gate.verdict === "warn").length;
      return `too few examples to decide ${open} of ${gates}`;
    }
    case "warn": {
      const warned = (verdict?.gates ?? []).filter((gate) => gate.verdict === "warn").length;
      return `passed with ${plural(warned, "warning")}`;
    }
    case "first-run":
      return "first run, nothing to compare with yet";
    case "pass":
      return `${all.filter((gate) => gate.verdict === "pass").length} of ${gates} passed`;
    default:
      return "measured, not judged";
  }
}

/** `fraud-scorer: 2 of 9 gates failed` */
export function modelTitle(model: ModelReport): Sentence {
  return [{ kind: "title", text: model.model }, words(`: ${modelFinding(model)}`)];
}

/** Up to three names: `a, b, c and 2 more`. */
function namesOf(models: readonly ModelReport[]): Sentence {
  const names = models.slice(0, 3).map((model): Sentence => [{ kind: "title", text: model.model }]);
  return [...joined(names, ", "), ...(models.length > 3 ? [words(` and ${models.length - 3} more`)] : [])];
}

/** States of which a reader of the first line wants to know whose they are. */
const worthNaming: ReadonlySet<ReportState> = new Set(["crashed", "fail", "inconclusive", "warn"]);

const several: Record<ReportState, string> = {
  crashed: "did not finish",
  stale: "",
  fail: "failed",
  inconclusive: "cannot be decided yet",
  warn: "passed with warnings",
  "first-run": "ran for the first time",
  pass: "passed",
  "not-judged": "measured, not judged",
  "nothing-changed": "",
};

/** The first line of a report. */
export function reportTitle(view: ReportView, state: ReportState): { mark: string; text: Sentence } {
  const { mark, text } = stateTitle(view, state);
  const waits = waitWords(view);
  return { mark, text: waits === "" ? text : [...text, words(waits)] };
}

function stateTitle(view: ReportView, state: ReportState): { mark: string; text: Sentence } {
  const mark = marks[state];
  const [only] = view.models;
  if (state === "nothing-changed" || only === undefined) return { mark, text: [words("Nothing relevant changed")] };
  if (state === "stale") {
    if (view.models.length === 1) return { mark, text: [...modelTitle(only), words(", at an older commit")] };
    return { mark, text: [...namesOf(view.models), words(": this answer is about an older commit")] };
  }
  if (view.models.length === 1) return { mark, text: modelTitle(only) };
  const hit = view.models.filter((model) => modelState(model) === state);
  const whose = worthNaming.has(state) ? [words(": "), ...namesOf(hit)] : [];
  return { mark, text: [words(`${hit.length} of ${plural(view.models.length, "model")} ${several[state]}`), ...whose] };
}
