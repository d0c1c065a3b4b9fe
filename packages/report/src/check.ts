import { clip } from "@metricgate/core/text/clip";
import { placeOf } from "./annotations.ts";
import { isOfFirstRun } from "./content/first-run.ts";
import { gateSentence } from "./content/gate-sentence.ts";
import { worstFirst } from "./content/order.ts";
import { plainSentence } from "./content/plain-sentence.ts";
import { reportTitle } from "./content/title.ts";
import { worstModels } from "./content/worst-models.ts";
import { commentExtents } from "./markdown/extent.ts";
import { fittedBody } from "./markdown/fitted.ts";
import { modelState, stateOf } from "./state.ts";
import type { ReportView } from "./view.ts";

/** A check run as GitHub takes it: title at most 255 units, summary below 65,535, at most 50 annotations. */
export interface CheckRun {
  title: string;
  summary: string;
  conclusion: "success" | "failure" | "neutral";
  annotations: { path: string; line: number; level: "failure" | "warning"; message: string }[];
}

/** Failure when a model failed or crashed, success only when every model passed, neutral for all that was not decided. */
function conclusionOf(view: ReportView): CheckRun["conclusion"] {
  const states = view.models.map(modelState);
  if (states.some((state) => state === "fail" || state === "crashed")) return "failure";
  return states.length > 0 && states.every((state) => state === "pass") ? "success" : "neutral";
}

const mostAnnotations = 50;

function annotations(view: ReportView): CheckRun["annotations"] {
  const found: CheckRun["annotations"] = [];
  for (const model of worstModels(view)) {
    const { verdict } = model;
    for (const gate of verdict === undefined ? [] : worstFirst(verdict)) {
      if (found.length === mostAnnotations) return found;
      if (verdict === undefined || gate.verdict === "pass" || isOfFirstRun(verdict, gate)) continue;
      const { file, line = 1 } = placeOf(model, gate);
      if (file === undefined) continue;
      const level = gate.verdict === "fail" ? "failure" : "warning";
      found.push({ path: file, line, level, message: clip(plainSentence(gateSentence(verdict, gate)), 1000) });
    }
  }
  return found;
}

/** The check run of a report; its annotations are the failed and warned gates whose metric is known to come from a file. */
export function renderCheck(view: ReportView): CheckRun {
  const { text } = reportTitle(view, stateOf(view));
  return {
    title: clip(plainSentence(text), 255),
    summary: fittedBody(view, commentExtents, { units: 60_000, bytes: 65_000 }, ""),
    conclusion: conclusionOf(view),
    annotations: annotations(view),
  };
}
