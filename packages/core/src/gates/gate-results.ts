import type { Note } from "../documents/fields.ts";
import { directionOf } from "../metrics/directions.ts";
import type { GateEntry } from "../policy/schema.ts";
import { corrected } from "./corrected.ts";
import { type Draft, draftOf, unjudged } from "./draft.ts";
import type { EffectiveGate } from "./effective-gates.ts";
import { directed, limitDraft, overallAsked, type Pending, pendingOf, wrongKeys } from "./entry-drafts.ts";
import { fairnessDraft } from "./fairness/fairness-draft.ts";
import { isGlob, matchesGlob } from "./glob.ts";
import { judgeChange } from "./judge-change.ts";
import { candidateObstacle, measure, optionsOf } from "./measure.ts";
import type { Found } from "./metric-index.ts";
import { impliedDirection, isChange, type Question, questionsOf, type RuleKeys } from "./questions.ts";
import { describe, type Known, type Reading, readUnpaired } from "./reading.ts";
import { because, remark } from "./reasons.ts";
import { readPaired } from "./rows-reading.ts";
import { calibrationNote } from "./rules/calibration-note.ts";
import { judgeHistory } from "./rules/judge-history.ts";
import { pairedRows, type Scope } from "./scope.ts";
import { sliceDrafts } from "./slice-drafts.ts";
import type { Names } from "./slice-readings.ts";
import { whyAbsent } from "./why-absent.ts";

/** What one gate gives rise to. */
interface Answered {
  drafts: Draft[];
  notes: Note[];
  /** The fewest training runs of a side that was compared with an interval; infinite when none was. */
  fewestRuns: number;
}

/** What the metrics of a gate share while they are judged. */
interface Asked {
  entry: GateEntry;
  scope: Scope;
  /** How many metrics the gate is about. */
  metrics: number;
  notes: Note[];
  fewestRuns: number;
}

/** The results of one gate and the notes they give rise to, in the order of the metrics. Against the anchor only no-regression is asked. */
export function gateResults(gate: EffectiveGate, scope: Scope): Answered {
  const { entry } = gate;
  const found = matching(gate, scope);
  if (found.length === 0) {
    if (scope.against !== undefined) return { drafts: [], notes: [], fewestRuns: Number.POSITIVE_INFINITY };
    if (gate.literal && entry.metric === "*")
      return { drafts: [withoutDirections(entry)], notes: [], fewestRuns: Number.POSITIVE_INFINITY };
    const why = whyAbsent(entry.metric, scope);
    const reason = why === undefined ? "" : `: ${why.text}`;
    const text = `The gate ${entry.metric} matches no metric of the candidate${"missing" in scope.baseline ? "" : " or the baseline"}${reason}.`;
    const nothing = unjudged("missing", because("gate-matches-nothing", text, why?.next));
    return {
      drafts: [draftOf(entry, entry.metric, "presence", nothing)],
      notes: [],
      fewestRuns: Number.POSITIVE_INFINITY,
    };
  }
  const asked: Asked = { entry, scope, metrics: found.length, notes: [], fewestRuns: Number.POSITIVE_INFINITY };
  const drafts = corrected(
    found.flatMap((names) => metricResults(asked, names)),
    entry,
  );
  if (scope.against === undefined && drafts.every(isTooSmall)) {
    const text = `All ${drafts.length} slices of the gate ${entry.metric} have too few rows, so it judged nothing.`;
    drafts.push(draftOf(entry, entry.metric, "presence", unjudged("missing", because("nothing-judged", text))));
  }
  return { drafts, notes: asked.notes, fewestRuns: asked.fewestRuns };
}

/** `max-drop` without a policy found nothing that it could be held against. */
function withoutDirections(entry: GateEntry): Draft {
  const text = "Of no metric is it known which way is good, so max-drop judged none.";
  const next = "Write a policy that gives each metric a direction: up or down; `npx metricgate init` begins one.";
  return draftOf(entry, entry.metric, "presence", unjudged("missing", because("gate-matches-nothing", text, next)));
}

function isTooSmall({ outcome, reasons }: Draft): boolean {
  return outcome === "skipped" && reasons[0]?.code === "too-few-rows";
}

/** The metrics a gate is about. A name is also looked for under its earlier names; a glob matches the names of both sides. */
function matching({ entry, literal }: EffectiveGate, { candidate, baseline }: Scope): Names[] {
  const before = "missing" in baseline ? undefined : baseline.side.metrics;
  const none: ReadonlySet<string> = new Set();
  const all = overallAsked(entry) || entry.fairness !== undefined;
  const mine = all ? candidate.metrics.names : candidate.metrics.allNames;
  const theirs = (all ? before?.names : before?.allNames) ?? none;
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

function metricResults(asked: Asked, names: Names): (Draft | Pending)[] {
  const { entry, scope } = asked;
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
    const text = `${names.metric} is good ${known.baseline?.direction} in the baseline and ${known.candidate?.direction} in the candidate.`;
    asked.notes.push(remark("direction-changed", text));
  }
  const target = entry.target ?? description.target;
  const keys: RuleKeys = target === entry.target || target === undefined ? entry : { ...entry, target };
  const results: (Draft | Pending)[] = [];
  if (overallAsked(entry)) {
    const found = questionsOf(names.metric, keys, direction);
    if ("wrong" in found) return scope.against === undefined ? [wrongKeys(entry, names.metric, found)] : [];
    const questions =
      scope.against === undefined
        ? found.questions
        : found.questions.filter((question) => question.rule === "no-regression");
    const stated = towards(readUnpaired(names.metric, mine, theirs), direction);
    const compared = towards(read(names, stated, mine, theirs, known, questions, asked), direction);
    // Rows that were restricted to common ids say nothing of a limit on the value over all rows.
    const limited = compared !== stated && restricted(scope) ? stated : compared;
    for (const question of questions)
      results.push(overallDraft(asked, question, isChange(question) ? compared : limited, names));
    if (compared.candidate.is === "absent") results.splice(1);
    asked.notes.push(...calibrationNote(names.candidate, known.candidate?.value, scope));
  }
  if (scope.against === undefined && entry.fairness !== undefined) {
    const found = fairnessDraft(entry, entry.fairness, names, scope);
    results.push({ ...found.draft, ...directed(direction) });
    asked.notes.push(...found.notes);
  }
  if (entry.slices !== undefined) {
    const found = sliceDrafts(entry, entry.slices, names, keys, direction, scope, known);
    results.push(...found.drafts);
    asked.notes.push(...found.notes);
  }
  return results;
}

function disagree({ candidate, baseline }: Known): boolean {
  return (
    candidate?.direction !== undefined &&
    baseline?.direction !== undefined &&
    candidate.direction !== baseline.direction
  );
}

function restricted(scope: Scope): boolean {
  const rows = pairedRows(scope);
  return rows !== undefined && rows.candidate !== scope.candidate.rows;
}

function read(
  names: Names,
  stated: Reading,
  mine: Found,
  theirs: Found,
  known: Known,
  questions: readonly Question[],
  { scope, metrics }: Asked,
): Reading {
  const rows = pairedRows(scope);
  const change = questions.find(isChange);
  const before = "missing" in scope.baseline ? undefined : scope.baseline.side.task;
  const fromRows = rows?.task.compute.includes(names.candidate) === true && mine.is === "one";
  const alsoBefore =
    theirs.is === "absent" || (theirs.is === "one" && before?.compute.includes(names.baseline) === true);
  if (change === undefined || rows === undefined || !fromRows || !alsoBefore) return stated;
  return { ...readPaired(names.candidate, rows, known, optionsOf(change, scope, metrics)), metric: names.metric };
}

/** Gives a new reading the good direction that the gate judges by, and returns it. */
function towards(reading: Reading, direction: Reading["direction"]): Reading {
  if (direction !== undefined) reading.direction = direction;
  return reading;
}

function overallDraft(asked: Asked, question: Question, reading: Reading, names: Names): Draft | Pending {
  const obstacle = candidateObstacle(reading, asked.scope);
  if (obstacle === undefined) return answer(asked, question, reading, names);
  return draftOf(asked.entry, reading.metric, question.rule, obstacle, undefined, reading);
}

function answer(asked: Asked, question: Question, reading: Reading, names: Names): Draft | Pending {
  const { entry, scope, metrics } = asked;
  if (question.rule === "history") {
    const value = reading.candidate.is === "number" ? reading.candidate.value : Number.NaN;
    const aliases = [...new Set([reading.metric, names.candidate, ...(entry.was ?? [])])];
    const found = judgeHistory(question, aliases, value, scope.history);
    return draftOf(entry, reading.metric, question.rule, found, undefined, reading);
  }
  if (!isChange(question)) return limitDraft(entry, question, reading, scope.level);
  const measured = measure(question, reading, scope, metrics);
  if ("outcome" in measured) return draftOf(entry, reading.metric, question.rule, measured, undefined, reading);
  if (measured.difference.interval !== undefined)
    asked.fewestRuns = Math.min(asked.fewestRuns, reading.runs.candidate, reading.runs.baseline);
  if (metrics > 1) return pendingOf(entry, "metrics", question, measured, reading, scope);
  const found = judgeChange(question, measured, scope.level);
  return draftOf(entry, reading.metric, question.rule, found, reading.slice, reading);
}
