import type { RowsTask } from "@metricgate/core/documents/evaluation";
import type { Column, RowTable } from "@metricgate/core/tables/row-table";
import { textCells } from "@metricgate/core/tables/text-cells";
import { cells, drawnWeights } from "./drawn-cells.ts";
import { draws } from "./draws.ts";

/** A classification table as Python sees it: columns of equal length; `labels` and the like for rows of several classes. */
export interface ClassificationTable {
  count: number;
  positive?: string;
  label?: string[];
  prediction?: string[];
  score?: number[];
  scores?: Record<string, number[]>;
  labels?: Record<string, number[]>;
  predictions?: Record<string, number[]>;
  weight?: number[];
  /** Classes that the other side of a comparison has. */
  classes?: string[];
}

/** How many rows: by seed 1, 2, 3, mostly few, at times up to 2,000. */
function size(seed: number, next: () => number): number {
  if (seed % 17 < 3) return 1 + (seed % 17);
  return seed % 29 === 0 ? 2000 - (seed % 7) : 2 + Math.floor(next() ** 2 * 300);
}

const NAMES = [
  ["yes", "no"],
  ["1", "0"],
  ["Ä", "\u{1F600}"],
  ["10", "9"],
] as const;

/** By seed: rare, absent or only positives, ties of every degree, scores of exactly 0 and 1, perfect or useless scores, no predicted positives. */
export function binaryTable(seed: number): ClassificationTable {
  const next = draws(seed * 7919);
  const n = size(seed, next);
  const [yes, no] = NAMES[seed % 4] ?? NAMES[0];
  const rate = seed % 11 === 0 ? 0 : seed % 11 === 1 ? 1 : seed % 11 === 2 ? 0.02 : next();
  const label = cells(n, () => (next() < rate ? yes : no));
  const levels = [1, 2, 10, 15, 100, 1e9][seed % 6] ?? 2;
  const skill = seed % 7 === 0 ? 1 : seed % 7 === 1 ? 0 : next();
  const score = label.map((y) => Math.round((skill * (y === yes ? 1 : 0) + (1 - skill) * next()) * levels) / levels);
  const cut = seed % 5 === 0 ? 2 : next();
  const prediction = score.map((s) => (s >= cut ? yes : no));
  return { count: n, positive: yes, label, prediction, score, ...drawnWeights(seed >> 1, n, next) };
}

/** By seed: classes named by words or by numbers, absent as labels, never predicted or only on the other side; tied and zero scores. */
export function severalTable(seed: number): ClassificationTable {
  const next = draws(seed * 104729);
  const n = size(seed, next);
  const numeric = seed % 3 === 0;
  const classes = cells(2 + Math.floor(next() * 10), (k) => (numeric ? String(k * 4) : `c${k}`));
  const bend = seed % 4 === 0 ? 6 : 2;
  const pick = () => classes[Math.floor(next() ** bend * classes.length)] ?? "";
  const skill = seed % 13 === 0 ? 1 : next();
  const label = cells(n, pick);
  const prediction = label.map((y) =>
    next() < skill ? y : seed % 4 === 1 ? "7" : seed % 5 === 0 ? classes[0] : pick(),
  );
  const grain = [1e9, 3, 8][seed % 3] ?? 1;
  const raw = cells(n, () => classes.map(() => Math.floor(next() * grain) / grain));
  const scores: Record<string, number[]> = {};
  classes.forEach((name, k) => {
    scores[name] = raw.map((row) => {
      const total = row.reduce((a, b) => a + b, 0);
      return total === 0 ? 1 / row.length : (row[k] ?? 0) / total;
    });
  });
  return {
    count: n,
    label,
    prediction: prediction.map((name) => name ?? ""),
    scores,
    ...(seed % 2 === 0 && { classes: [...classes, numeric ? "-1" : "zz"] }),
    ...drawnWeights(seed >> 1, n, next),
  };
}

/** By seed: classes that no row has, that every row has or that are never predicted; rows without any class; tied scores. */
export function multilabelTable(seed: number): ClassificationTable {
  const next = draws(seed * 1299709);
  const n = size(seed, next);
  const names = cells(2 + Math.floor(next() * 5), (k) => `k${k}`);
  const table: ClassificationTable = { count: n, labels: {}, predictions: {}, scores: {} };
  names.forEach((name, k) => {
    const rate = (seed + k) % 7 === 0 ? 0 : (seed + k) % 11 === 0 ? 1 : next();
    const label = cells(n, () => (next() < rate ? 1 : 0));
    const skill = next();
    const score = label.map((y) => Math.round((skill * y + (1 - skill) * next()) * 8) / 8);
    const cut = (seed + k) % 5 === 0 ? 2 : next();
    Object.assign(table.labels ?? {}, { [name]: label });
    Object.assign(table.scores ?? {}, { [name]: score });
    Object.assign(table.predictions ?? {}, { [name]: score.map((s) => (s >= cut ? 1 : 0)) });
  });
  return { ...table, ...drawnWeights(seed >> 1, n, next) };
}

function categories(values: string[]): Column {
  const names = [...new Set(values)].sort();
  const place = new Map(names.map((name, code) => [name, code]));
  return { type: "category", codes: Int32Array.from(values, (v) => place.get(v) ?? -1), names };
}

/** The same table as core reads it. */
export function classificationRows(table: ClassificationTable): { rows: RowTable; task: RowsTask } {
  const columns = new Map<string, Column>();
  const numbers = (name: string, values: number[]) =>
    columns.set(name, { type: "number", values: Float64Array.from(values) });
  if (table.label !== undefined) columns.set("label", categories(table.label));
  if (table.prediction !== undefined) columns.set("prediction", categories(table.prediction));
  if (table.score !== undefined) numbers("score", table.score);
  for (const [name, values] of Object.entries(table.scores ?? {})) numbers(`score:${name}`, values);
  for (const [name, values] of Object.entries(table.labels ?? {})) numbers(`label:${name}`, values);
  for (const [name, values] of Object.entries(table.predictions ?? {})) numbers(`prediction:${name}`, values);
  if (table.weight !== undefined) numbers("weight", table.weight);
  const ids = cells(table.count, (i) => String(i).padStart(9, "0"));
  const task: RowsTask = {
    task: "classification",
    ...(table.positive !== undefined && { positive: table.positive }),
    ...(table.labels !== undefined && { multilabel: true }),
    compute: [],
    slices: [],
  };
  return { rows: { count: table.count, ids: textCells(ids), columns }, task };
}
