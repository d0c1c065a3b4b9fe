import { sumOf } from "../../statistics/sum.ts";
import type { RowTable } from "../../tables/row-table.ts";
import { categoriesOf, numbersOf } from "../columns.ts";
import type { Measured, Undefined } from "../measured.ts";
import { absoluteErrors, pairsOf } from "../regression/pairs.ts";
import { rowMean } from "../row-mean.ts";

/**
 * The mean absolute scaled error (Hyndman and Koehler 2006): each series' (weighted) mean |y − f| by its `scale`, the mean absolute error of
 * the naive forecast in its training data; then the plain mean over series. Without a `series` column, the mean of |y − f| / scale over rows.
 * Reasons: a scale is 0 or less, or not the same in all rows of a series.
 */
export function mase(rows: RowTable, at: Int32Array | undefined): Measured | Undefined {
  const pairs = pairsOf(rows, at);
  if ("undefined" in pairs) return pairs;
  const scale = numbersOf(rows, "scale", at);
  if ("undefined" in scale) return scale;
  if (scale.some((s) => s <= 0)) return { undefined: "scale-not-positive" };
  const scaled = absoluteErrors(pairs).map((error, i) => error / (scale[i] ?? 0));
  if (!rows.columns.has("series")) return rowMean(scaled, pairs.weights);
  const series = categoriesOf(rows, "series", at);
  if ("undefined" in series) return series;
  return meanOverSeries(scaled, scale, pairs.weights, series.codes, series.names.length);
}

/** The mean over series of the mean over their rows. A row's influence is its share of its series' own and of what the series moves. */
function meanOverSeries(
  scaled: Float64Array,
  scale: Float64Array,
  weights: Float64Array,
  codes: Int32Array,
  size: number,
): Measured | Undefined {
  const n = scaled.length;
  const first = new Int32Array(size).fill(-1);
  const [sums, totals] = [new Float64Array(size), new Float64Array(size)];
  for (let i = 0; i < n; i++) {
    const code = codes[i] ?? -1;
    if (first[code] === -1) first[code] = i;
    if (scale[first[code] ?? -1] !== scale[i]) return { undefined: "scale-differs-in-series" };
    sums[code] = (sums[code] ?? 0) + (scaled[i] ?? 0) * (weights[i] ?? 0);
    totals[code] = (totals[code] ?? 0) + (weights[i] ?? 0);
  }
  const counted = Int32Array.from(first.keys()).filter((code) => (totals[code] ?? 0) > 0);
  const count = counted.length;
  if (count === 0) return { undefined: "no-rows" };
  const meanOf = (code: number) => (sums[code] ?? 0) / (totals[code] ?? 0);
  const value = sumOf(count, (s) => meanOf(counted[s] ?? -1)) / count;
  const influence = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const code = codes[i] ?? -1;
    const total = totals[code] ?? 0;
    // Adds up to (the series' mean − value) / count in each series: what is independent is the series.
    if (total > 0) influence[i] = (((scaled[i] ?? 0) - value) * (weights[i] ?? 0)) / total / count;
  }
  return { value, n: count, influence, kind: "mean", support: count };
}
