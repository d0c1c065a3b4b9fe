import type { Note } from "../documents/fields.ts";
import { directionOf } from "../metrics/directions.ts";
import type { GateEntry } from "../policy/schema.ts";
import { holm } from "../statistics/holm.ts";
import { type Draft, draftOf, unjudged, withValues } from "./draft.ts";
import type { EffectiveGate } from "./effective-gates.ts";
import { directed, limitDraft, overallAsked, type Pending, wrongKeys } from "./entry-drafts.ts";
import { isGlob, matchesGlob } from "./glob.ts";
import { judgeChange } from "./judge-change.ts";
import { candidateObstacle, measure, optionsOf } from "./measure.ts";
import type { Found } from "./metric-index.ts";
import { type ChangeQuestion, impliedDirection, type Question, questionsOf, type RuleKeys } from "./questions.ts";
import { describe, type Known, type Reading, readPaired, readUnpaired } from "./reading.ts";
import { because, concernOf, remark } from "./reasons.ts";
import { pairedRows, type Scope } from "./scope.ts";
import { sliceDrafts } from "./slice-drafts.ts";
import type { Names } from "./slice-readings.ts";

/** The results of one gate and the notes they give rise to, in the order of the metrics. */
export function gateResults(gate: EffectiveGate, scope: Scope): { drafts: Draft[]; notes: Note[] } {
  const { entry } = gate;
  const notes: Note[] = [];
  const found = matching(gate, scope);
  if (found.length === 0) {
    const text = `The gate ${entry.metric} matches no metric of the candidate${"missing" in scope.baseline ? "" : " or the baseline"}.`;
    const nothing = unjudged("missing", because("gate-matches-nothing", text));
    return { drafts: [draftOf(entry, entry.metric, "presence", nothing)], notes };
  }
  const open = found.flatMap((names) => metricResults(gate, names, scope, notes));
  const drafts = corrected(open);
  const judged = drafts.some(
    (draft) => draft.outcome !== "skipped" || concernOf(draft.reasons[0]?.code ?? "") !== "support",
  );
  if (!judged) {
    const text = `All ${drafts.length} slices of the gate ${entry.metric} have too few rows, so it judged nothing.`;
    drafts.push(draftOf(entry, entry.metric, "presence", unjudged("missing", because("nothing-judged", text))));
  }
  return { drafts, notes };
}

/** Holm's correction over the slices of one gate that are asked for no-regression. */
function corrected(open: readonly (Draft | Pending)[]): Draft[] {
  const p = open.flatMap((one) =>
    "compared" in one && one.compared.difference.pLoss !== undefined ? [one.compared.difference.pLoss] : [],
  );
  const adjusted = holm(p).values();
  return open.map((one) => {
    if (!("compared" in one)) return one;
    return one.draft(one.compared.difference.pLoss === undefined ? undefined : adjusted.next().value);
  });
}

/** The metrics a gate is about. A name is also looked for under its earlier names; a glob matches the names of both sides. */
function matching({ entry, literal }: EffectiveGate, { candidate, baseline }: Scope): Names[] {
  const before = "missing" in baseline ? undefined : baseline.side.metrics;
  const none: ReadonlySet<string> = new Set();
  const mine = overallAsked(entry) ? candidate.metrics.names : candidate.metrics.allNames;
  const theirs = (overallAsked(entry) ? before?.names : before?.allNames) ?? none;
  if (literal || !isGlob(entry.metric)) {
    const aliases = [entry.metric, ...(entry.was ?? [])];
    const inCandidate = aliases.find((name) => mine.has(name));
    const inBaseline = aliases.find((name) => theirs.has(name));
    if (inCandidate === undefined && inBaseline === undefined) return [];
    return [{ metric: entry.metric, candidate: inCandidate ?? entry.metric, baseline: inBaseline ?? entry.metric }];
  }
  const names = new Set([...mine, ...theirs]);
  return [...names]
    .filter((name) => matchesGlob(entry.metric, name))
    .map((name) => ({ metric: name, candidate: name, baseline: name }));
}

function metricResults({ entry }: EffectiveGate, names: Names, scope: Scope, notes: Note[]): (Draft | Pending)[] {
  const mine = scope.candidate.metrics.overall(names.candidate);
  const theirs =
    "missing" in scope.baseline ? ({ is: "absent" } as const) : scope.baseline.side.metrics.overall(names.baseline);
  const known: Known = {
    candidate: mine.is === "one" ? mine.metric : undefined,
    baseline: theirs.is === "one" ? theirs.metric : undefined,
  };
  const description = describe(known.candidate, known.baseline);
  const direction = entry.direction ?? description.direction ?? directionOf(names.metric) ?? impliedDirection(entry);
  if (entry.direction === undefined && disagree(known)) {
    notes.push(
      remark(
        "direction-changed",
        `${names.metric} is good ${known.baseline?.direction} in the baseline and ${known.candidate?.direction} in the candidate.`,
      ),
    );
  }
  const target = entry.target ?? description.target;
  const keys: RuleKeys = { ...entry, ...(target === undefined ? {} : { target }) };
  const results: (Draft | Pending)[] = [];
  if (overallAsked(entry)) {
    const asked = questionsOf(names.metric, keys, direction);
    if ("wrong" in asked) return [wrongKeys(entry, names.metric, asked)];
    const reading = { ...read(names, mine, theirs, known, asked.questions, scope), ...directed(direction) };
    results.push(...overallDrafts(entry, reading, asked.questions, scope));
  }
  if (entry.slices !== undefined)
    results.push(...sliceDrafts(entry, entry.slices, names, keys, direction, scope, known));
  return results;
}

function disagree({ candidate, baseline }: Known): boolean {
  return (
    candidate?.direction !== undefined &&
    baseline?.direction !== undefined &&
    candidate.direction !== baseline.direction
  );
}

function read(
  names: Names,
  mine: Found,
  theirs: Found,
  known: Known,
  questions: readonly Question[],
  scope: Scope,
): Reading {
  const rows = pairedRows(scope);
  const change = questions.find(
    (question): question is ChangeQuestion => question.rule === "no-regression" || question.rule === "improvement",
  );
  const before = "missing" in scope.baseline ? undefined : scope.baseline.side.task;
  const fromRows = rows?.task.compute.includes(names.candidate) === true && mine.is === "one";
  const alsoBefore =
    theirs.is === "absent" || (theirs.is === "one" && before?.compute.includes(names.baseline) === true);
  if (change !== undefined && rows !== undefined && fromRows && alsoBefore) {
    return { ...readPaired(names.candidate, rows, known, optionsOf(change, scope.level)), metric: names.metric };
  }
  return readUnpaired(names.metric, mine, theirs);
}

function overallDrafts(entry: GateEntry, reading: Reading, questions: readonly Question[], scope: Scope): Draft[] {
  const obstacle = candidateObstacle(reading);
  // An absent metric is one finding, whatever the gate asks of it.
  const asked = reading.candidate.is === "absent" ? questions.slice(0, 1) : questions;
  return asked.map((question) => {
    if (obstacle !== undefined) return withValues(draftOf(entry, reading.metric, question.rule, obstacle), reading);
    return answer(entry, question, reading, scope);
  });
}

function answer(entry: GateEntry, question: Question, reading: Reading, scope: Scope): Draft {
  if (question.rule !== "no-regression" && question.rule !== "improvement") return limitDraft(entry, question, reading);
  const measured = measure(question, reading, scope);
  const found = "outcome" in measured ? measured : judgeChange(question, measured, scope.level);
  return withValues(draftOf(entry, reading.metric, question.rule, found, reading.slice), reading);
}
