import type { Evaluation } from "@metricgate/core/documents/evaluation";
import type { Slice } from "@metricgate/core/documents/fields";
import type { GateResult, Verdict } from "@metricgate/core/documents/verdict";
import { clip } from "@metricgate/core/text/clip";
import { isOfFirstRun } from "./content/first-run.ts";
import { gateSentence } from "./content/gate-sentence.ts";
import { worstFirst } from "./content/order.ts";
import { plainSentence } from "./content/plain-sentence.ts";
import { modelSentence } from "./content/sentence.ts";
import { modelFinding } from "./content/title.ts";
import { worstModels } from "./content/worst-models.ts";
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

type Place = { file: string; line?: number };

const known = new WeakMap<Evaluation, ReadonlyMap<string, Place>>();

function keyOf(metric: string, slice: Slice | undefined): string {
  return JSON.stringify([metric, slice ?? {}]);
}

/** Every metric's place, read once: to look for each of 100,000 among as many would take minutes. */
function placesOf(candidate: Evaluation): ReadonlyMap<string, Place> {
  const before = known.get(candidate);
  if (before !== undefined) return before;
  const places = new Map<string, Place>();
  for (const { name, slice, from } of candidate.metrics) {
    const file = from === undefined ? undefined : repositoryPath(from.file);
    const key = keyOf(name, slice);
    if (file === undefined || places.has(key)) continue;
    places.set(key, from?.line === undefined || from.line < 1 ? { file } : { file, line: from.line });
  }
  known.set(candidate, places);
  return places;
}

/** Where the candidate's metric was read from, when it is known. */
export function placeOf({ candidate }: ModelReport, gate: GateResult): { file?: string; line?: number } {
  return candidate === undefined ? {} : (placesOf(candidate).get(keyOf(gate.metric, gate.slice)) ?? {});
}

/** A remark whose text is made only when it is shown. */
interface Draft {
  level: Annotation["level"];
  make(): Annotation;
}

function ofGate(model: ModelReport, verdict: Verdict, gate: GateResult): Draft {
  const level = gate.verdict === "fail" ? "error" : "warning";
  return {
    level,
    make: () => ({
      level,
      text: clip(`${plain(model.model, 100)}: ${plainSentence(gateSentence(verdict, gate))}`, 1000),
      ...placeOf(model, gate),
    }),
  };
}

function ofModel(model: ModelReport, view: ReportView): Draft[] {
  const { verdict } = model;
  const state = modelState(model);
  const whole = (level: Annotation["level"]): Draft => ({
    level,
    make: () => ({
      level,
      text: clip(
        `${plain(model.model, 100)}: ${modelFinding(model)}. ${plainSentence(modelSentence(model, view))}`,
        1000,
      ),
    }),
  });
  if (state === "crashed") return [whole("error")];
  const gates =
    verdict === undefined
      ? []
      : worstFirst(verdict)
          .filter((gate) => gate.verdict !== "pass" && !isOfFirstRun(verdict, gate))
          .map((gate) => ofGate(model, verdict, gate));
  return state === "first-run" || state === "not-judged" ? [...gates, whole("notice")] : gates;
}

/** At most ten of a level, which is what a step may show; the tenth counts those left out. */
function capped(all: readonly Draft[], level: Annotation["level"]): Annotation[] {
  const found = all.filter((draft) => draft.level === level);
  if (found.length <= mostOfEach) return found.map((draft) => draft.make());
  const left = found.length - mostOfEach + 1;
  return [
    ...found.slice(0, mostOfEach - 1).map((draft) => draft.make()),
    { level, text: `${plural(left, "more remark")} of this kind: the job summary has them all.` },
  ];
}

/** The annotations of a report, worst first: failed gates and crashes as errors, warnings and advice as warnings, at most ten of each level. */
export function annotationsOf(view: ReportView): Annotation[] {
  const advice = (view.advice ?? []).map((text): Draft => {
    return { level: "warning", make: () => ({ level: "warning", text: plain(text, 1000) }) };
  });
  const all = [...worstModels(view).flatMap((model) => ofModel(model, view)), ...advice];
  return [...capped(all, "error"), ...capped(all, "warning"), ...capped(all, "notice")];
}
