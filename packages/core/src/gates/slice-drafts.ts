import type { Direction, Note } from "../documents/fields.ts";
import type { GateEntry } from "../policy/schema.ts";
import { type Draft, draftOf, unjudged } from "./draft.ts";
import { directed, limitDraft, overallAsked, type Pending, pendingOf, wrongKeys } from "./entry-drafts.ts";
import {
  belowClassSupport,
  belowSupport,
  candidateObstacle,
  measure,
  type Obstacle,
  shrunkSupport,
  uncompared,
} from "./measure.ts";
import { asksNothing, isChange, type Question, questionsOf, type RuleKeys } from "./questions.ts";
import type { Known, Reading } from "./reading.ts";
import { because } from "./reasons.ts";
import { CLASS_SUPPORT } from "./rules/class-support.ts";
import { notJudgedNote } from "./rules/not-judged-note.ts";
import type { Scope } from "./scope.ts";
import { columnsOf } from "./slice-columns.ts";
import { type Names, type SliceReading, sliceReadings } from "./slice-readings.ts";

/** More slices than this in one gate are not judged: nobody reads them, and a correction for so many leaves no power. */
const MOST_SLICES = 200;

/** Rows that a slice or group needs when the policy does not say. */
export const DEFAULT_SUPPORT = 100;

type SliceRule = NonNullable<GateEntry["slices"]>;

/** What of a gate is asked in slices. */
interface Asked {
  entry: GateEntry;
  names: Names;
  questions: readonly Question[];
  support: number;
  hypotheses: number;
  direction: Direction | undefined;
  scope: Scope;
}

/**
 * The results of a gate in the slices of a metric, and the notes they give rise to. A change without a baseline is found once, on all
 * rows, not per slice.
 */
export function sliceDrafts(
  entry: GateEntry,
  rule: SliceRule,
  names: Names,
  gateKeys: RuleKeys,
  direction: Direction | undefined,
  scope: Scope,
  known: Known,
): { drafts: (Draft | Pending)[]; notes: Note[] } {
  const asked = questionsOf(names.metric, sliceKeys(rule, gateKeys), direction);
  if ("wrong" in asked) {
    const draft = { ...wrongKeys(entry, names.metric, asked), id: `${names.metric}/${asked.rule}[slices]` };
    return { drafts: [draft], notes: [] };
  }
  const obstacle = uncompared(names.metric, scope);
  const ofScope = asked.questions.filter(
    (question) => scope.against === undefined || question.rule === "no-regression",
  );
  const questions = ofScope.filter((question) => !isChange(question) || obstacle === undefined);
  const drafts: (Draft | Pending)[] = [];
  const notes: Note[] = [];
  if (obstacle !== undefined && questions.length < ofScope.length && !overallAsked(entry)) {
    const draft = draftOf(entry, names.metric, "no-regression", obstacle);
    drafts.push({ ...draft, id: `${names.metric}/no-regression[slices]` });
  }
  if (questions.length === 0) return { drafts, notes };
  const sliced: { by: string; slices: SliceReading[] }[] = [];
  for (const by of rule.by) {
    const columns = columnsOf(by, (column) => isColumn(column, names, scope));
    const found = sliceReadings(names, columns, questions, scope, known);
    if ("outcome" in found) drafts.push(draftOf(entry, names.metric, "presence", found, { [by]: "*" }));
    else sliced.push({ by, slices: found });
  }
  const hypotheses = sliced.reduce((sum, { slices }) => sum + slices.length, 0);
  if (hypotheses > MOST_SLICES) {
    const text = `${names.metric} by ${rule.by.join(", ")} has ${hypotheses} slices, more than ${MOST_SLICES}.`;
    const many = draftOf(entry, names.metric, "presence", unjudged("missing", because("too-many-slices", text)));
    return { drafts: [...drafts, { ...many, id: `${names.metric}/presence[slices]` }], notes };
  }
  const support = rule["min-support"] ?? DEFAULT_SUPPORT;
  for (const { by, slices } of sliced) {
    const few: SliceReading[] = [];
    for (const slice of slices) {
      const found = oneSlice({ entry, names, questions, support, hypotheses, direction, scope }, slice);
      drafts.push(...found.drafts);
      if (found.few) few.push(slice);
    }
    notes.push(...notJudgedNote(`slices of ${names.metric} by ${by}`, few, slices));
  }
  return { drafts, notes };
}

function isColumn(column: string, { candidate }: Names, { candidate: side }: Scope): boolean {
  return side.rows?.columns.has(`slice:${column}`) === true || side.metrics.slices(candidate, [column]).size > 0;
}

/** Slices that say no rule of their own are asked what the gate asks, except for an improvement and for past runs. */
function sliceKeys(rule: SliceRule, gateKeys: RuleKeys): RuleKeys {
  const { target } = gateKeys;
  if (!asksNothing(rule)) return { ...rule, ...(target === undefined ? {} : { target }) };
  const { "min-gain": _, history: __, ...inherited } = gateKeys;
  const stated = rule.evidence === undefined ? {} : { evidence: rule.evidence };
  const warn = rule["warn-margin"] === undefined ? {} : { "warn-margin": rule["warn-margin"] };
  return { ...inherited, ...stated, ...warn };
}

function oneSlice(asked: Asked, sliced: SliceReading): { drafts: (Draft | Pending)[]; few: boolean } {
  const { entry, names, questions, scope } = asked;
  const { slice } = sliced;
  const reading: Reading = { ...sliced.read(), metric: names.metric, ...directed(asked.direction) };
  const few = tooFew(asked, reading, sliced);
  const obstacle = few ?? candidateObstacle(reading, scope);
  const [first] = questions;
  if (obstacle !== undefined && first !== undefined && (few !== undefined || reading.candidate.is === "absent")) {
    const draft = draftOf(entry, names.metric, first.rule, obstacle, slice, reading);
    return { drafts: [draft], few: few?.outcome === "skipped" };
  }
  const drafts = questions.flatMap((question): (Draft | Pending)[] => {
    if (question.rule === "history") return [];
    if (obstacle !== undefined) return [draftOf(entry, names.metric, question.rule, obstacle, slice, reading)];
    if (!isChange(question)) return [limitDraft(entry, question, reading, scope.level)];
    const compared = measure(question, reading, scope, asked.hypotheses);
    if ("outcome" in compared) return [draftOf(entry, names.metric, question.rule, compared, slice, reading)];
    return [pendingOf(entry, "slices", question, compared, reading, scope)];
  });
  return { drafts, few: false };
}

function tooFew(
  { names, support, scope }: Asked,
  reading: Reading,
  { n, candidateRows }: SliceReading,
): Obstacle | undefined {
  const slice = reading.slice ?? {};
  if (n !== undefined && n < support) return belowSupport(names.metric, slice, n, support);
  if (n !== undefined && candidateRows !== undefined && candidateRows < support) {
    // Data that the policy admits may have fewer rows of a slice; otherwise they were dropped.
    const few = onAdmittedData(scope) ? belowSupport : shrunkSupport;
    return few(names.metric, slice, candidateRows, support);
  }
  const ofClass = reading.support();
  return ofClass !== undefined && ofClass < CLASS_SUPPORT && ofClass < support
    ? belowClassSupport(names.metric, slice, ofClass)
    : undefined;
}

function onAdmittedData({ baseline }: Scope): boolean {
  return "comparability" in baseline && baseline.comparability.notes.some(({ code }) => code === "eval-set-accepted");
}
