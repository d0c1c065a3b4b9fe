import type { GateResult, Verdict } from "@metricgate/core/documents/verdict";
import { isOfFirstRun } from "./content/first-run.ts";
import { gateSentence } from "./content/gate-sentence.ts";
import { worstFirst } from "./content/order.ts";
import { plainSentence } from "./content/plain-sentence.ts";
import { modelSentence } from "./content/sentence.ts";
import { modelFinding } from "./content/title.ts";
import { worstModels } from "./content/worst-models.ts";
import { clip } from "./escape/clip.ts";
import { plain } from "./escape/prose.ts";
import { plural } from "./format/number.ts";
import { modelState } from "./state.ts";
import type { ModelReport, ReportView } from "./view.ts";

/** A remark beside a line of a file, or beside the job when it has none. The text is one line without control characters. */
export interface Annotation {
  level: "error" | "warning" | "notice";
  text: string;
  file?: string;
  line?: number;
}

const mostOfEach = 10;

/** A file's path when it can be one of the repository: relative, visible, without `..`. */
export function repositoryPath(file: string): string | undefined {
  const path = file.replace(/^\.\//, "");
  return /^(?!\/|[A-Za-z]:)[^:*?"<>|\\]{1,300}$/.test(path) && !path.split("/").includes("..") && plain(path) === path
    ? path
    : undefined;
}

/** Where the candidate's metric was read from, when it is known. */
export function placeOf(model: ModelReport, gate: GateResult): { file?: string; line?: number } {
  const key = JSON.stringify(gate.slice ?? {});
  const metric = model.candidate?.metrics.find(
    (m) => m.name === gate.metric && JSON.stringify(m.slice ?? {}) === key && m.from !== undefined,
  );
  const file = metric?.from === undefined ? undefined : repositoryPath(metric.from.file);
  if (file === undefined) return {};
  const line = metric?.from?.line;
  return line === undefined || line < 1 ? { file } : { file, line };
}

function ofGate(model: ModelReport, verdict: Verdict, gate: GateResult): Annotation {
  const text = clip(`${plain(model.model, 100)}: ${plainSentence(gateSentence(verdict, gate))}`, 1000);
  return { level: gate.verdict === "fail" ? "error" : "warning", text, ...placeOf(model, gate) };
}

function ofModel(model: ModelReport, view: ReportView): Annotation[] {
  const { verdict } = model;
  const state = modelState(model);
  const whole = (): string =>
    clip(`${plain(model.model, 100)}: ${modelFinding(model)}. ${plainSentence(modelSentence(model, view))}`, 1000);
  if (state === "crashed") return [{ level: "error", text: whole() }];
  const hit =
    verdict === undefined
      ? []
      : worstFirst(verdict).filter((gate) => gate.verdict !== "pass" && !isOfFirstRun(verdict, gate));
  const gates = verdict === undefined ? [] : hit.map((gate) => ofGate(model, verdict, gate));
  return state === "first-run" || state === "not-judged" ? [...gates, { level: "notice", text: whole() }] : gates;
}

/** At most ten of a level, which is what a step may show; the tenth counts those left out. */
function capped(all: readonly Annotation[], level: Annotation["level"]): Annotation[] {
  const found = all.filter((annotation) => annotation.level === level);
  if (found.length <= mostOfEach) return found;
  const left = found.length - mostOfEach + 1;
  return [
    ...found.slice(0, mostOfEach - 1),
    { level, text: `${plural(left, "more remark")} of this kind: the job summary has them all.` },
  ];
}

/** The annotations of a report, worst first: failed gates and crashes as errors, warnings and advice as warnings, at most ten of each level. */
export function annotationsOf(view: ReportView): Annotation[] {
  const advice = (view.advice ?? []).map((text): Annotation => ({ level: "warning", text: plain(text, 1000) }));
  const all = [...worstModels(view).flatMap((model) => ofModel(model, view)), ...advice];
  return [...capped(all, "error"), ...capped(all, "warning"), ...capped(all, "notice")];
}
