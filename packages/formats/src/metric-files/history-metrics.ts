import type { Direction } from "@metricgate/core/documents/fields";
import { directionOf, isBookkeeping } from "@metricgate/core/metrics/directions";
import type { FoundFile } from "./metric-format.ts";
import { measured } from "./number-text.ts";

/** How one metric went: all its points in the order of the file, and where the last one stands. */
export interface Series {
  name: string;
  points: [number, number][];
  at: number;
  /** Where the tool says it. */
  direction?: Direction;
}

/**
 * The metrics of a training history: of each series the last value, the curve, and, where it is known which way is good and the series is not of the
 * training data, the best value as `best(NAME)`. That has no direction, so it is judged only by a gate that names it: it is chosen on the data that it is measured on.
 */
export function historyMetrics(series: readonly Series[], x: "step" | "epoch", file: string): FoundFile {
  const found: FoundFile = { metrics: [], ignored: [], curves: [], notes: [] };
  const better: string[] = [];
  for (const { name, points, at, direction } of series) {
    const last = points.at(-1);
    if (last === undefined) {
      found.ignored.push({ name, is: "an empty list" });
      continue;
    }
    found.metrics.push({
      at,
      metric: { name, ...measured(last[1]), ...(direction === undefined ? {} : { direction }) },
    });
    if (points.length < 2) continue;
    if (!/^(epoch|step)$/i.test(name)) found.curves?.push({ name, x, points });
    const way = direction ?? (isBookkeeping(name) ? undefined : directionOf(name));
    const best = way === undefined || isBookkeeping(name) ? undefined : bestOf(points, way);
    if (best === undefined) continue;
    found.metrics.push({ at, metric: { name: `best(${name})`, value: best[1] } });
    if (best[1] !== last[1]) better.push(`${name} (${x} ${best[0]})`);
  }
  if (better.length > 0) {
    const few = better.slice(0, 5).join(", ");
    const more = better.length > 5 ? ` and ${better.length - 5} more` : "";
    found.notes?.push({
      code: "last-not-best",
      text: `The last value in ${file} is not the best one of ${few}${more}. The last one is judged; a gate on best(NAME) judges the best.`,
    });
  }
  return found;
}

function bestOf(points: Series["points"], way: Direction): [number, number] | undefined {
  let best: [number, number] | undefined;
  for (const point of points) {
    if (!Number.isFinite(point[1]) || way === "near") continue;
    if (best === undefined || (way === "up" ? point[1] > best[1] : point[1] < best[1])) best = point;
  }
  return best;
}

/** The columns of a table with one training step a row as series; empty cells are left out, so that sparse rows keep each column's own last value. */
export function columnSeries(
  table: {
    columns: readonly string[];
    count: number;
    number(row: number, column: number): number | undefined;
    at(row: number): number;
  },
  xColumn: string,
  leave: readonly string[],
): Series[] {
  const x = table.columns.indexOf(xColumn);
  return table.columns.flatMap((name, column): Series[] => {
    if (name === "" || leave.includes(name)) return [];
    const series: Series = { name, points: [], at: 0 };
    for (let row = 0; row < table.count; row++) {
      const value = table.number(row, column);
      if (value === undefined) continue;
      series.points.push([(x < 0 ? undefined : table.number(row, x)) ?? row, value]);
      series.at = row;
    }
    return [{ ...series, at: table.at(series.at) }];
  });
}
