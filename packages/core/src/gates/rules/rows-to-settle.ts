import type { Outcome } from "../../documents/verdict.ts";
import { normalQuantile } from "../../statistics/normal.ts";
import { rowsNeeded } from "../../statistics/rows-needed.ts";
import type { Compared } from "../judge-change.ts";
import type { ChangeQuestion } from "../questions.ts";

/**
 * What would settle an open question with probability 0.8: about so many rows, if the true change is 0 (`equal`) or what was observed; or
 * why rows do not: the noise between runs stays (`runs`), or there are not as many rows (`too-many`).
 */
export type Settling = { rows: number; when: "equal" | "observed" } | { never: "runs" | "too-many" };

/** More rows than this are not to be had. */
const MOST_ROWS = 1e9;

/** An observed change nearer to the margin than this share of it says nothing of which side it is on. */
const NEAR_THE_MARGIN = 0.1;

const POWER = 0.8;

/**
 * Of a pass with a margin the rows that the margin needs. Of an open question, the larger of two: the rows with which a candidate that is
 * truly equal passes, and those with which the change that was observed, when it lies away from the margin, is proven on its side
 * of it. Always more than there are. Undefined when nothing tells how the rows vary.
 */
export function rowsToSettle(
  question: ChangeQuestion,
  compared: Compared,
  outcome: Outcome,
  level: number,
): Settling | undefined {
  if (outcome === "fail") return undefined;
  const equal = equalDistance(question);
  if (outcome === "pass" && equal === undefined) return undefined;
  const noise = noiseOf(compared);
  if (noise === undefined) return undefined;
  const power = question.rule === "equivalence" ? (1 + POWER) / 2 : POWER;
  const ifEqual = equal === undefined ? undefined : needed(noise, equal, level, power);
  if (outcome === "pass") return within(ifEqual, 0) ? { rows: ifEqual, when: "equal" } : undefined;
  const { distance, nearMargin } = observedDistance(question, compared);
  const ifObserved = needed(noise, distance, correctedLevel(compared, level), POWER);
  const found: [number | undefined, "equal" | "observed"][] = [
    [ifEqual, "equal"],
    [ifObserved, "observed"],
  ];
  if (!nearMargin && ifObserved > (ifEqual ?? 0)) found.reverse();
  for (const [rows, when] of found) if (within(rows, noise.n)) return { rows, when };
  if (noise.ofRuns > 0) return { never: "runs" };
  return found.some(([rows]) => rows !== undefined && rows > MOST_ROWS) ? { never: "too-many" } : undefined;
}

/** `rowsNeeded` at the distance of a value from its limit, when it is more than the `n` there are and not beyond all measure. */
export function rowsFor(sd: number, distance: number, level: number, n: number): Settling | undefined {
  if (!(sd > 0)) return undefined;
  const rows = needed({ variance: sd * sd, ofRuns: 0, n }, distance, level, POWER);
  if (within(rows, n)) return { rows, when: "observed" };
  return rows > MOST_ROWS ? { never: "too-many" } : undefined;
}

function within(rows: number | undefined, n: number): rows is number {
  return rows !== undefined && rows > n && rows <= MOST_ROWS;
}

/** How far a candidate that is truly equal lies inside of the margin; undefined when it does not. */
function equalDistance({ rule, margin }: ChangeQuestion): number | undefined {
  return rule === "improvement" || margin.value === 0 ? undefined : margin.value;
}

/** How far the observed gain lies from what would decide on its side of the margin. */
function observedDistance(
  { rule, margin, direction, evidence }: ChangeQuestion,
  { difference }: Compared,
): { distance: number; nearMargin: boolean } {
  const d = margin.value;
  const gain = direction === "up" ? difference.change : -difference.change;
  if (rule === "improvement") return { distance: Math.abs(gain - d), nearMargin: false };
  const loss = rule === "equivalence" ? Math.abs(gain) : -gain;
  const beyond = loss - d;
  // A loss beyond the margin fails once it is proven to be a loss, or with `proven` to be beyond the margin.
  const distance = beyond <= 0 || evidence === "proven" ? Math.abs(beyond) : Math.abs(loss);
  return { distance, nearMargin: d > 0 && Math.abs(beyond) < NEAR_THE_MARGIN * d };
}

/**
 * How much the change varies: the variance of one row (or unit) of `n`, and what stays with any number of them. `step`: what one row makes
 * as the only one, where so few differ that more of them than were seen are allowed for.
 */
interface Noise {
  variance: number;
  ofRuns: number;
  n: number;
  step?: number;
}

function noiseOf({ difference, n: measured }: Compared): Noise | undefined {
  const { stderr, rowSd, runVariance: ofRuns = 0, counted, few } = difference;
  const n = counted?.n ?? difference.n ?? measured;
  if (stderr !== undefined && ofRuns > (1 - 1e-9) * stderr * stderr) return { variance: 0, ofRuns, n: n ?? 0 };
  if (stderr !== undefined && n !== undefined && (rowSd === undefined || counted !== undefined || ofRuns > 0))
    return { variance: (stderr * stderr - ofRuns) * n, ofRuns, n, ...(few && { step: few.step * n }) };
  if (rowSd === undefined || !(rowSd > 0)) return undefined;
  return { variance: rowSd * rowSd, ofRuns, n: n ?? 0, ...(few && { step: few.step * (n ?? 0) }) };
}

/** In a family the p of a loss was multiplied; a level that is as much stricter stands for it. */
function correctedLevel({ adjustedP, difference: { pLoss } }: Compared, level: number): number {
  if (adjustedP === undefined || pLoss === undefined || !(adjustedP > pLoss) || pLoss <= 0) return level;
  return 1 - ((1 - level) * pLoss) / adjustedP;
}

/**
 * The rows whose variance, beside that of the runs, lets a distance be proven; infinite when none do. Where few rows differ, as many come on
 * top as rule out that those which make up the distance were missed (Tango's z²/n).
 */
function needed({ variance, ofRuns, step = 0 }: Noise, distance: number, level: number, power: number): number {
  if (!(distance > 0)) return Number.POSITIVE_INFINITY;
  if (ofRuns === 0) {
    const unseen = Math.ceil((normalQuantile((1 + level) / 2) ** 2 * step) / distance);
    return rowsNeeded(Math.sqrt(variance), distance, level, power) + unseen;
  }
  const z = normalQuantile((1 + level) / 2) + normalQuantile(power);
  const allowed = (distance / z) ** 2 - ofRuns;
  return allowed > 0 ? Math.max(1, Math.ceil(variance / allowed)) : Number.POSITIVE_INFINITY;
}
