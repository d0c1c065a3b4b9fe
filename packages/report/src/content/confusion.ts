import type { CategoryColumn, RowTable } from "@metricgate/core/tables/row-table";
import type { ModelReport } from "../view.ts";

/** How often each class was predicted as each: `counts[actual][predicted]` of the candidate, and what changed against the baseline when there is one. */
export interface Confusion {
  classes: string[];
  counts: number[][];
  changes?: number[][];
}

/** The confusion matrix of a model's rows, weights left aside; undefined without labels and predictions of classes. */
export function confusionOf({ candidateRows, baselineRows }: ModelReport): Confusion | undefined {
  const mine = sides(candidateRows);
  if (mine === undefined) return undefined;
  const theirs = sides(baselineRows);
  const both = theirs === undefined ? [mine] : [mine, theirs];
  const classes = inOrder(both.flatMap(({ label, prediction }) => [...used(label), ...used(prediction)]));
  const counts = countsOf(mine, classes);
  const before = theirs === undefined ? undefined : countsOf(theirs, classes);
  if (before === undefined) return { classes, counts };
  return { classes, counts, changes: counts.map((row, a) => row.map((n, p) => n - (before[a]?.[p] ?? 0))) };
}

/** The confusions (actual, predicted) that grew most, largest first; ties by class order. */
export function grownConfusions({ classes, counts, changes }: Confusion, most: number) {
  const grown = classes.flatMap((actual, a) =>
    classes.flatMap((predicted, p) => {
      const change = changes?.[a]?.[p] ?? 0;
      return a === p || change <= 0 ? [] : [{ actual, predicted, count: counts[a]?.[p] ?? 0, change }];
    }),
  );
  return grown.sort((x, y) => y.change - x.change).slice(0, most);
}

interface Sides {
  label: CategoryColumn;
  prediction: CategoryColumn;
  count: number;
}

function sides(rows: RowTable | undefined): Sides | undefined {
  const label = rows?.columns.get("label");
  const prediction = rows?.columns.get("prediction");
  if (rows === undefined || label?.type !== "category" || prediction?.type !== "category") return undefined;
  return { label, prediction, count: rows.count };
}

function used({ codes, names }: CategoryColumn): string[] {
  const seen = new Uint8Array(names.length);
  for (const code of codes) seen[code] = 1;
  return names.filter((_, code) => seen[code] === 1);
}

/** Classes that are whole numbers come by size, others by code unit: both are the same everywhere. */
function inOrder(names: readonly string[]): string[] {
  const distinct = [...new Set(names)];
  if (distinct.every((name) => /^-?\d{1,15}$/.test(name))) return distinct.sort((a, b) => Number(a) - Number(b));
  return distinct.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function countsOf({ label, prediction, count }: Sides, classes: readonly string[]): number[][] {
  const place = new Map(classes.map((name, at) => [name, at]));
  const from = label.names.map((name) => place.get(name) ?? -1);
  const to = prediction.names.map((name) => place.get(name) ?? -1);
  const counts = classes.map(() => classes.map(() => 0));
  for (let row = 0; row < count; row++) {
    const line = counts[from[label.codes[row] ?? -1] ?? -1];
    const at = to[prediction.codes[row] ?? -1] ?? -1;
    if (line !== undefined && at >= 0) line[at] = (line[at] ?? 0) + 1;
  }
  return counts;
}
