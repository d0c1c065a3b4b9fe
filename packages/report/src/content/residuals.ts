import type { RowTable } from "@metricgate/core/tables/row-table";

/** Shares of rows by error (prediction − label): the middle of each bin and the share of each model. */
export interface Residuals {
  middles: number[];
  candidate: number[];
  baseline?: number[];
}

/** Errors of a regression in 20 bins over both models' middle 98 %, the rest in the outermost bins; undefined without numbers on both sides. */
export function residualsOf(candidate: RowTable | undefined, baseline: RowTable | undefined): Residuals | undefined {
  const mine = errors(candidate);
  if (mine === undefined || mine.length === 0) return undefined;
  const theirs = errors(baseline);
  const sorted = joined(mine, theirs ?? new Float64Array(0)).sort();
  const low = sorted[Math.floor(sorted.length * 0.01)] ?? 0;
  const high = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;
  if (!(high > low)) return undefined;
  const bins = 20;
  const width = (high - low) / bins;
  const shares = (values: Float64Array): number[] => {
    const counts = new Array<number>(bins).fill(0);
    for (const value of values) {
      const bin = Math.max(0, Math.min(bins - 1, Math.floor((value - low) / width)));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return counts.map((n) => n / values.length);
  };
  const middles = Array.from({ length: bins }, (_, i) => low + (i + 0.5) * width);
  return { middles, candidate: shares(mine), ...(theirs === undefined ? {} : { baseline: shares(theirs) }) };
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function errors(rows: RowTable | undefined): Float64Array | undefined {
  const label = rows?.columns.get("label");
  const prediction = rows?.columns.get("prediction");
  if (label?.type !== "number" || prediction?.type !== "number") return undefined;
  return prediction.values.map((value, row) => value - (label.values[row] ?? Number.NaN)).filter(Number.isFinite);
}
