import type { TaskName } from "../documents/evaluation.ts";
import type { Slice } from "../documents/fields.ts";
import type { Difference, DifferenceOptions } from "../statistics/difference.ts";
import { type Draft, nameOf, unjudged } from "./draft.ts";
import { matchesGlob } from "./glob.ts";
import type { Compared } from "./judge-change.ts";
import { noValue } from "./no-value.ts";
import { numberText } from "./number-text.ts";
import type { ChangeQuestion } from "./questions.ts";
import type { Reading, Value } from "./reading.ts";
import { because } from "./reasons.ts";
import { CLASS_SUPPORT } from "./rules/class-support.ts";
import type { Scope } from "./scope.ts";
import { whyAbsent } from "./why-absent.ts";

/** Why a question could not be judged, in the fields of a result. */
export type Obstacle = Pick<Draft, "outcome" | "reasons">;

/** What keeps a candidate's value from being judged at all; undefined when it is a number. */
export function candidateObstacle({ metric, slice, candidate }: Reading, scope: Scope): Obstacle | undefined {
  const name = nameOf(metric, slice);
  if (candidate.is === "number") return undefined;
  if (candidate.is === "absent") {
    const why = slice === undefined ? whyAbsent(metric, scope) : undefined;
    const reason = why === undefined ? "" : `: ${why.text}`;
    const text = `The candidate has no ${name}; the baseline has it${reason}.`;
    return unjudged("missing", because("metric-missing", text, why?.next));
  }
  return unjudged("missing", withoutValue("candidate", name, candidate, scope.candidate.task?.task));
}

/** What keeps numbers of two units apart, from each other and from a limit that was set for the baseline's; undefined where they have one. */
export function unitObstacle({ metric, slice, units }: Reading): Obstacle | undefined {
  if (units === undefined) return undefined;
  const text = `${nameOf(metric, slice)} is in ${units.candidate} in the candidate and in ${units.baseline} in the baseline.`;
  return unjudged("missing", because("unit-differs", text));
}

/**
 * The comparison that a question needs, or what stands in its way. The candidate's value must be a number. `hypotheses`: how many
 * comparisons the gate makes at once.
 */
export function measure(question: ChangeQuestion, reading: Reading, scope: Scope, hypotheses = 1): Obstacle | Compared {
  const { candidate, baseline } = reading;
  const name = nameOf(reading.metric, reading.slice);
  const hasBaseline = !("missing" in scope.baseline);
  if (candidate.is !== "number" || (hasBaseline && baseline.is === "absent")) {
    if (scope.against === "anchor")
      return unjudged("skipped", because("anchor-without-metric", `The anchor has no ${name}.`));
    return unjudged(
      "skipped",
      because("metric-new", `Only the candidate has ${name}, so there is nothing to compare it with.`),
    );
  }
  const obstacle = uncompared(name, scope);
  if (obstacle !== undefined) return obstacle;
  if (baseline.is === "absent")
    return unjudged("missing", because("baseline-undefined", `The baseline has no ${name}.`));
  if (baseline.is === "ambiguous") return unjudged("missing", withoutValue("baseline", name, baseline));
  if (baseline.is === "undefined") {
    return unjudged(
      "missing",
      because("baseline-undefined", `The baseline has ${name} without a value (${baseline.why}).`),
    );
  }
  const otherUnit = unitObstacle(reading);
  if (otherUnit !== undefined) return otherUnit;
  const trainingSd = trainingSdOf(reading.metric, scope);
  const options = optionsOf(question, scope, hypotheses);
  const found = reading.difference(trainingSd === undefined ? options : { ...options, trainingSd });
  if ("undefined" in found) return unjudged("missing", differenceReason(name, found.undefined));
  if (!isFinite_(found))
    return unjudged("missing", because("not-finite", `The change of ${name} or its interval is not finite.`));
  const compared: Compared = { name, candidate: candidate.value, baseline: baseline.value, difference: found };
  if (reading.n !== undefined) compared.n = reading.n;
  if (found.pSuperior !== undefined) compared.pSuperior = found.pSuperior.probability;
  return compared;
}

/** What the policy's `training-sd` says about a metric; its last fitting entry counts. */
function trainingSdOf(metric: string, { trainingSd }: Scope): number | undefined {
  return Object.entries(trainingSd).findLast(([pattern]) => matchesGlob(pattern, metric))?.[1];
}

/** Why nothing of a metric can be compared: no baseline, or one that is incomparable. Undefined when it can. */
export function uncompared(name: string, { baseline }: Scope): Obstacle | undefined {
  if ("missing" in baseline) {
    const { code, text } = baseline.missing;
    return unjudged("skipped", because(code, `${name} was not compared: ${text}`));
  }
  if (baseline.comparability.is === "comparable") return undefined;
  const { code, text, next } = baseline.comparability.reason;
  return { outcome: "missing", reasons: [{ code, text: `${name} was not compared: ${text}`, next }] };
}

/** How the statistics are asked for a question's change. */
export function optionsOf({ margin, direction }: ChangeQuestion, scope: Scope, hypotheses = 1): DifferenceOptions {
  return { scale: margin.scale, level: scope.level, direction, hypotheses, seed: scope.seed };
}

/** A missing result for a slice column that nobody has. */
export function missingColumn(metric: string, column: string): Obstacle {
  return unjudged(
    "missing",
    because("slice-column-missing", `Neither rows nor slice metrics give ${metric} by ${column}.`),
  );
}

/** A skipped result for a slice with too few rows of the class that the metric is about. */
export function belowClassSupport(metric: string, slice: Slice, found: number): Obstacle {
  const text = `${nameOf(metric, slice)} rests on ${numberText(found)} rows of its class, fewer than ${CLASS_SUPPORT}.`;
  return unjudged("skipped", because("too-few-rows", text));
}

/** A missing result for a slice that has too few rows in the candidate only: what was dropped cannot be judged, and is no pass. */
export function shrunkSupport(metric: string, slice: Slice, n: number, support: number): Obstacle {
  const text = `The candidate has ${n} rows of ${nameOf(metric, slice)}, fewer than the ${support} asked for, and the baseline has enough.`;
  return unjudged("missing", because("slice-shrunk", text));
}

/** A skipped result for a slice with too few rows. */
export function belowSupport(metric: string, slice: Slice, n: number, support: number): Obstacle {
  return unjudged(
    "skipped",
    because("too-few-rows", `${nameOf(metric, slice)} has ${n} rows, fewer than the ${support} asked for.`),
  );
}

function withoutValue(
  side: string,
  name: string,
  value: Extract<Value, { is: "undefined" | "ambiguous" }>,
  task?: TaskName,
) {
  if (value.is === "ambiguous") return because("metric-ambiguous", `The ${side} has ${name} ${value.times} times.`);
  if (/not-finite|non-finite|nan|infinit/i.test(value.why))
    return because("not-finite", `${name} of the ${side} is not a finite number.`);
  return noValue(`The ${side} has ${name} without a value`, value.why, task);
}

function differenceReason(name: string, why: string) {
  if (why === "relative-undefined") {
    return because(
      "relative-undefined",
      `The baseline of ${name} is not above zero, so its change in percent has no meaning.`,
    );
  }
  return noValue(`The change of ${name} could not be measured`, why);
}

function isFinite_({ change, interval, pLoss = 0 }: Difference): boolean {
  return (
    Number.isFinite(change) &&
    Number.isFinite(pLoss) &&
    (interval === undefined || (Number.isFinite(interval.low) && Number.isFinite(interval.high)))
  );
}
