import type { RowsTask } from "@metricgate/core/documents/evaluation";
import type { Column, RowTable } from "@metricgate/core/tables/row-table";
import { textCells } from "@metricgate/core/tables/text-cells";
import type { OracleTable } from "./ask-python.ts";
import { draws } from "./draws.ts";

/** Makes `n` cells. */
function cells<T>(n: number, make: (i: number) => T): T[] {
  return Array.from({ length: n }, (_, i) => make(i));
}

function weightsFor(kind: number, n: number, next: () => number): { weight?: number[] } {
  if (kind % 3 === 0) return {};
  return { weight: cells(n, () => (kind % 3 === 1 ? 1 + Math.floor(next() * 3) : next() < 0.1 ? 0 : next() * 5)) };
}

/** A binary table with ties, rare classes and, by seed, no positives, no predicted positives or perfect scores. */
export function binaryTable(seed: number): OracleTable {
  const next = draws(seed * 7919);
  const n = 2 + Math.floor(next() ** 2 * 400);
  const rate = seed % 11 === 0 ? 0 : seed % 11 === 1 ? 1 : next();
  const label = cells(n, () => (next() < rate ? "yes" : "no"));
  const levels = [2, 5, 100, 1e9][seed % 4] ?? 2;
  const skill = seed % 7 === 0 ? 1 : next();
  const score = label.map((y) => Math.round((skill * (y === "yes" ? 1 : 0) + (1 - skill) * next()) * levels) / levels);
  const cut = seed % 5 === 0 ? 2 : next();
  const prediction = score.map((s) => (s >= cut ? "yes" : "no"));
  return { task: "classification", positive: "yes", label, prediction, score, ...weightsFor(seed, n, next) };
}

/** A table of several classes, of which some never occur as a label and some are never predicted. */
export function severalTable(seed: number): OracleTable {
  const next = draws(seed * 104729);
  const n = 2 + Math.floor(next() ** 2 * 300);
  const classes = cells(2 + Math.floor(next() * 6), (k) => `c${k}`);
  const pick = () => classes[Math.floor(next() ** 2 * classes.length)] ?? "c0";
  const skill = next();
  const label = cells(n, pick);
  const prediction = label.map((y) => (next() < skill ? y : seed % 4 === 0 ? "other" : pick()));
  const raw = cells(n, () => classes.map(() => (seed % 3 === 0 && next() < 0.2 ? 0 : next() + 1e-9)));
  const scores: Record<string, number[]> = {};
  classes.forEach((name, k) => {
    scores[name] = raw.map((row) => {
      const total = row.reduce((a, b) => a + b, 0);
      return total === 0 ? 1 / row.length : (row[k] ?? 0) / total;
    });
  });
  return { task: "classification", label, prediction, scores, ...weightsFor(seed, n, next) };
}

/** A regression table, by seed with a constant label, perfect predictions, zeros, a large offset or tiny numbers. */
export function regressionTable(seed: number): OracleTable {
  const next = draws(seed * 15485863);
  const n = 1 + Math.floor(next() ** 2 * 300);
  const offset = seed % 5 === 0 ? 1e6 : seed % 5 === 1 ? 1e-6 : 0;
  const scale = seed % 5 === 1 ? 1e-6 : 1;
  const label = cells(n, () => (seed % 9 === 0 ? 0.1 : offset + scale * (next() - 0.3)));
  const prediction = label.map((y) => (seed % 8 === 0 ? y : y + scale * (next() - 0.5)));
  return { task: "regression", label, prediction, ...weightsFor(seed, n, next) };
}

function columnOf(values: string[] | number[]): Column {
  if (values.every((v) => typeof v === "number")) return { type: "number", values: Float64Array.from(values) };
  const names = [...new Set(values.map(String))].sort();
  const place = new Map(names.map((name, code) => [name, code]));
  return { type: "category", codes: Int32Array.from(values, (v) => place.get(String(v)) ?? -1), names };
}

/** The same table as core reads it. */
export function rowTableOf(table: OracleTable): { rows: RowTable; task: RowsTask } {
  const columns = new Map<string, Column>([["label", columnOf(table.label)]]);
  if (table.prediction !== undefined) columns.set("prediction", columnOf(table.prediction));
  if (table.score !== undefined) columns.set("score", columnOf(table.score));
  for (const [name, values] of Object.entries(table.scores ?? {})) columns.set(`score:${name}`, columnOf(values));
  if (table.weight !== undefined) columns.set("weight", columnOf(table.weight));
  const count = table.label.length;
  const ids = cells(count, (i) => String(i).padStart(9, "0"));
  const task: RowsTask = {
    task: table.task,
    ...(table.positive !== undefined && { positive: table.positive }),
    compute: [],
    slices: [],
  };
  return { rows: { count, ids: textCells(ids), columns }, task };
}
