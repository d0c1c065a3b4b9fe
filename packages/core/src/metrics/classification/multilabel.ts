import { effectiveRows } from "../../statistics/effective-rows.ts";
import { sum } from "../../statistics/sum.ts";
import type { RowTable } from "../../tables/row-table.ts";
import { numbersOf, weightsOf } from "../columns.ts";
import type { Measured, Undefined } from "../measured.ts";
import { remembered } from "../remembered.ts";
import { rowMean } from "../row-mean.ts";
import type { BinaryMetric } from "./binary-metrics.ts";
import { type BinaryTable, binaryTable } from "./binary-table.ts";
import { classOrder } from "./class-order.ts";
import { classKey } from "./classes.ts";
import { rateOf } from "./rates.ts";
import { type Scored, scoredBy, scoredFrom } from "./scored.ts";

/** The rows of a multilabel classification: by class in order, whether each row has it and whether it was predicted. */
export interface Multilabel {
  names: readonly string[];
  tables: readonly BinaryTable[];
  weights: Float64Array;
  plain: boolean;
}

const LABEL = "label:";
const kept = remembered<Multilabel | Undefined>();
const keptScores = remembered<Scored[] | Undefined>();

function labelled(rows: RowTable, shared: readonly string[] = []): string[] {
  const columns = [...rows.columns.keys()].filter((name) => name.startsWith(LABEL));
  return columns.length === 0 ? [] : classOrder([...columns.map((name) => name.slice(LABEL.length)), ...shared]);
}

function flagsOf(rows: RowTable, column: string, at: Int32Array | undefined): Uint8Array | Undefined {
  const values = numbersOf(rows, column, at);
  if ("undefined" in values) return values;
  const flags = new Uint8Array(values.length);
  for (let i = 0; i < flags.length; i++) {
    const value = values[i];
    if (value !== 0 && value !== 1) return { undefined: "flag-not-binary" };
    flags[i] = value;
  }
  return flags;
}

/**
 * Reads the columns `label:CLASS` and `prediction:CLASS` of 0 and 1, or says why they are none. The same object for the same rows.
 * @param shared classes of the other side of a comparison; one without a label column here is a class that no row has, nor was predicted to have
 */
export function multilabelOf(
  rows: RowTable,
  at: Int32Array | undefined,
  shared?: readonly string[],
): Multilabel | Undefined {
  return kept(rows, at, classKey(shared), () => {
    const weights = weightsOf(rows, at);
    if ("undefined" in weights) return weights;
    if (weights.length === 0) return { undefined: "no-rows" };
    const names = labelled(rows, shared);
    if (names.length === 0) return { undefined: "no-label" };
    const plain = !rows.columns.has("weight");
    const tables: BinaryTable[] = [];
    for (const name of names) {
      if (!rows.columns.has(LABEL + name)) {
        tables.push(binaryTable(new Uint8Array(weights.length), weights, plain));
        continue;
      }
      const truth = flagsOf(rows, LABEL + name, at);
      if ("undefined" in truth) return truth;
      const predicted = flagsOf(rows, `prediction:${name}`, at);
      if ("undefined" in predicted) return predicted;
      const of = new Uint8Array(truth.length);
      for (let i = 0; i < of.length; i++) of[i] = 2 * (truth[i] ?? 0) + (predicted[i] ?? 0);
      tables.push(binaryTable(of, weights, plain));
    }
    return { names, tables, weights, plain };
  });
}

/** Each class's rows with the scores of the column `score:CLASS`. */
export function multilabelScoresOf(rows: RowTable, at: Int32Array | undefined): Scored[] | Undefined {
  return keptScores(rows, at, "", () => {
    const found: Scored[] = [];
    for (const name of labelled(rows)) {
      const positive = flagsOf(rows, LABEL + name, at);
      if ("undefined" in positive) return positive;
      const scored = scoredBy(positive, rows, at, `score:${name}`);
      if ("undefined" in scored) return scored;
      found.push(scored);
    }
    return found.length === 0 ? { undefined: "no-label" } : found;
  });
}

/** How many classes of each row are wrong. */
function wrongByRow({ tables, weights }: Multilabel): Float64Array {
  const wrong = new Float64Array(weights.length);
  for (const { of } of tables) {
    for (let i = 0; i < wrong.length; i++) if (of[i] === 1 || of[i] === 2) wrong[i] = (wrong[i] ?? 0) + 1;
  }
  return wrong;
}

/** The share of rows of which every class is right. Equals sklearn's `accuracy_score` of label indicators. */
export function subsetAccuracy(found: Multilabel, right: 0 | 1): Measured | Undefined {
  const outcomes = Int8Array.from(wrongByRow(found), (count) => (count === 0 ? right : 1 - right));
  return rateOf(outcomes, found.weights, found.plain, "no-rows");
}

/** The share of all flags that are wrong. Equals sklearn's `hamming_loss`. */
export function hammingLoss(found: Multilabel): Measured | Undefined {
  const wrong = wrongByRow(found);
  for (let i = 0; i < wrong.length; i++) wrong[i] = (wrong[i] ?? 0) / found.tables.length;
  return rowMean(wrong, found.weights);
}

/** By row, what its cells add to the numerator and to the divisor over all classes. */
function sumsByRow({ above, below }: BinaryMetric, { tables, weights }: Multilabel): [Float64Array, Float64Array] {
  const over = new Float64Array(weights.length);
  const under = new Float64Array(weights.length);
  for (const { of } of tables) {
    for (let i = 0; i < over.length; i++) {
      over[i] = (over[i] ?? 0) + (above[of[i] ?? 0] ?? 0);
      under[i] = (under[i] ?? 0) + (below[of[i] ?? 0] ?? 0);
    }
  }
  return [over, under];
}

/** The ratio of all classes' counts together, or the mean of each row's own ratio (0/0 is 0). Equal sklearn's `micro` and `samples`. */
export function pooledRatio(
  metric: BinaryMetric,
  found: Multilabel,
  average: "micro" | "samples",
): Measured | Undefined {
  const [over, under] = sumsByRow(metric, found);
  const { weights } = found;
  if (average === "samples") {
    for (let i = 0; i < over.length; i++) over[i] = under[i] === 0 ? 0 : (over[i] ?? 0) / (under[i] ?? 1);
    return rowMean(over, weights);
  }
  const divisor = sum(under.map((count, i) => count * (weights[i] ?? 0)));
  if (divisor === 0) return { undefined: metric.empty };
  const value = sum(over.map((count, i) => count * (weights[i] ?? 0))) / divisor;
  for (let i = 0; i < over.length; i++) {
    over[i] = (((over[i] ?? 0) - value * (under[i] ?? 0)) * (weights[i] ?? 0)) / divisor;
  }
  return { value, n: over.length, influence: over, kind: "ratio", support: effectiveRows(weights) };
}

function dot(factors: readonly number[], counts: Float64Array): number {
  return factors.reduce((total, factor, cell) => total + factor * (counts[cell] ?? 0), 0);
}

/**
 * The ratio of each class (0/0 is 0), as a plain mean or weighted by the rows that have the class. Equals sklearn's `macro` and
 * `weighted`. With `ignore` a class that no row has and none was predicted for is left out of the plain mean.
 */
export function meanRatio(
  metric: BinaryMetric,
  { tables, weights }: Multilabel,
  average: "macro" | "weighted",
  absent: "zero" | "ignore",
): Measured | Undefined {
  const occurs = ({ counts }: BinaryTable) => absent === "zero" || dot([0, 1, 1, 1], counts) > 0;
  const counted = average === "weighted" ? tables : tables.filter(occurs);
  const total = sum(tables.map(({ counts }) => dot([0, 0, 1, 1], counts)));
  if (counted.length === 0 || (average === "weighted" && total === 0)) return { undefined: "no-positives" };
  const parts = counted.map((table) => {
    const under = dot(metric.below, table.counts);
    const score = under === 0 ? 0 : dot(metric.above, table.counts) / under;
    const share = average === "weighted" ? dot([0, 0, 1, 1], table.counts) / total : 1 / counted.length;
    return { of: table.of, under, score, share };
  });
  const value = sum(parts.map(({ score, share }) => score * share));
  const influence = new Float64Array(weights.length);
  for (const { of, under, score, share } of parts) {
    const slopes = [0, 1, 2, 3].map((cell) => {
      const own = under === 0 ? 0 : (share * ((metric.above[cell] ?? 0) - score * (metric.below[cell] ?? 0))) / under;
      // A row that has the class also moves its share.
      return own + (average === "weighted" && cell >= 2 ? (score - value) / total : 0);
    });
    for (let i = 0; i < influence.length; i++) {
      influence[i] = (influence[i] ?? 0) + (slopes[of[i] ?? 0] ?? 0) * (weights[i] ?? 0);
    }
  }
  return { value, n: influence.length, influence, kind: "ratio", support: effectiveRows(weights) };
}

/** An area over the flags of all classes together, each flag with its row's weight; a row's influence is that of its flags. */
export function microArea(
  area: (scored: Scored) => Measured | Undefined,
  classes: readonly Scored[],
): Measured | Undefined {
  const n = classes[0]?.positive.length ?? 0;
  const positive = new Uint8Array(n * classes.length);
  const scores = new Float64Array(n * classes.length);
  const weights = new Float64Array(n * classes.length);
  classes.forEach((scored, k) => {
    positive.set(scored.positive, k * n);
    scores.set(scored.scores, k * n);
    weights.set(scored.weights, k * n);
  });
  const found = area(scoredFrom(positive, scores, weights, false));
  if ("undefined" in found) return found;
  const influence = new Float64Array(n);
  for (let j = 0; j < found.influence.length; j++) {
    influence[j % n] = (influence[j % n] ?? 0) + (found.influence[j] ?? 0);
  }
  return { value: found.value, n, influence, kind: "rank", support: Math.min(found.support, n) };
}
