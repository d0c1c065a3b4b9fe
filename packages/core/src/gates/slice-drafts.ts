import type { Direction } from "../documents/fields.ts";
import type { GateEntry } from "../policy/schema.ts";
import { type Draft, draftOf, unjudged, withValues } from "./draft.ts";
import { directed, limitDraft, overallAsked, type Pending, wrongKeys } from "./entry-drafts.ts";
import { judgeChange } from "./judge-change.ts";
import { belowSupport, candidateObstacle, measure, uncompared } from "./measure.ts";
import { asksNothing, type Question, questionsOf, type RuleKeys } from "./questions.ts";
import type { Known, Reading } from "./reading.ts";
import { because } from "./reasons.ts";
import type { Scope } from "./scope.ts";
import { type Names, type SliceReading, sliceReadings } from "./slice-readings.ts";

/** More slices than this in one gate are not judged: nobody reads them, and Holm leaves no power. */
const MOST_SLICES = 200;

const DEFAULT_SUPPORT = 100;

type SliceRule = NonNullable<GateEntry["slices"]>;

/** The results of a gate in the slices of a metric. No-regression without a baseline is found once, on all rows, not per slice. */
export function sliceDrafts(
  entry: GateEntry,
  rule: SliceRule,
  names: Names,
  gateKeys: RuleKeys,
  direction: Direction | undefined,
  scope: Scope,
  known: Known,
): (Draft | Pending)[] {
  const asked = questionsOf(names.metric, sliceKeys(rule, gateKeys), direction);
  if ("wrong" in asked)
    return [{ ...wrongKeys(entry, names.metric, asked), id: `${names.metric}/${asked.rule}[slices]` }];
  const obstacle = uncompared(names.metric, scope);
  const questions = asked.questions.filter((question) => isLimit(question) || obstacle === undefined);
  const results: (Draft | Pending)[] = [];
  if (obstacle !== undefined && questions.length < asked.questions.length && !overallAsked(entry)) {
    const draft = draftOf(entry, names.metric, "no-regression", obstacle);
    results.push({ ...draft, id: `${names.metric}/no-regression[slices]` });
  }
  if (questions.length === 0) return results;
  const slices: SliceReading[] = [];
  for (const column of rule.by) {
    const found = sliceReadings(names, column, questions, scope, known);
    if ("outcome" in found) results.push(draftOf(entry, names.metric, "presence", found, { [column]: "*" }));
    else slices.push(...found);
  }
  if (slices.length > MOST_SLICES) {
    const text = `${names.metric} by ${rule.by.join(", ")} has ${slices.length} slices, more than ${MOST_SLICES}.`;
    const many = draftOf(entry, names.metric, "presence", unjudged("missing", because("too-many-slices", text)));
    return [...results, { ...many, id: `${names.metric}/presence[slices]` }];
  }
  const support = rule["min-support"] ?? DEFAULT_SUPPORT;
  for (const slice of slices) results.push(...oneSlice(entry, slice, names, questions, support, direction, scope));
  return results;
}

/** Slices that say no rule of their own are asked what the gate asks, except for an improvement. */
function sliceKeys(rule: SliceRule, gateKeys: RuleKeys): RuleKeys {
  const { target } = gateKeys;
  if (!asksNothing(rule)) return { ...rule, ...(target === undefined ? {} : { target }) };
  const { "min-gain": _, ...inherited } = gateKeys;
  return inherited;
}

function isLimit(question: Question): boolean {
  return question.rule !== "no-regression" && question.rule !== "improvement";
}

function oneSlice(
  entry: GateEntry,
  { slice, n, read }: SliceReading,
  names: Names,
  questions: readonly Question[],
  support: number,
  direction: Direction | undefined,
  scope: Scope,
): (Draft | Pending)[] {
  const reading: Reading = { ...read(), metric: names.metric, ...directed(direction) };
  const few = n !== undefined && n < support ? belowSupport(names.metric, slice, n, support) : undefined;
  const obstacle = few ?? candidateObstacle(reading);
  const [first] = questions;
  if (obstacle !== undefined && first !== undefined && (few !== undefined || reading.candidate.is === "absent")) {
    return [withValues(draftOf(entry, names.metric, first.rule, obstacle, slice), reading)];
  }
  return questions.map((question) => {
    if (obstacle !== undefined)
      return withValues(draftOf(entry, names.metric, question.rule, obstacle, slice), reading);
    if (question.rule !== "no-regression" && question.rule !== "improvement")
      return limitDraft(entry, question, reading);
    const compared = measure(question, reading, scope);
    if ("outcome" in compared) return withValues(draftOf(entry, names.metric, question.rule, compared, slice), reading);
    const draft = (adjustedP: number | undefined) => {
      const corrected = adjustedP === undefined ? compared : { ...compared, adjustedP };
      return withValues(
        draftOf(entry, names.metric, question.rule, judgeChange(question, corrected, scope.level), slice),
        reading,
      );
    };
    return { question, compared, draft };
  });
}
