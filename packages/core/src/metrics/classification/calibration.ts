import { effectiveRows } from "../../statistics/effective-rows.ts";
import type { Measured, Undefined } from "../measured.ts";
import type { Confidences } from "./confidences.ts";

/** The bin of each confidence: of equal width, closed below, the last one closed above too. */
export function binsOf(confidence: Float64Array, bins: number): Int32Array {
  const found = new Int32Array(confidence.length);
  for (let i = 0; i < found.length; i++) {
    const p = confidence[i] ?? 0;
    let bin = Math.min(bins - 1, Math.floor(p * bins));
    // The product may round to the other side of an edge.
    if (bin + 1 < bins && p >= (bin + 1) / bins) bin++;
    else if (bin > 0 && p < bin / bins) bin--;
    found[i] = bin;
  }
  return found;
}

/** How far confidence and frequency are apart, by bin: the mean over rows, and the largest. Undefined where nothing has weight. */
export function binGaps(
  { confidence, so }: Confidences,
  binned: Int32Array,
  bins: number,
  weightOf: Float64Array,
): { ece: number; mce: number } | undefined {
  const gaps = new Float64Array(bins);
  const totals = new Float64Array(bins);
  for (let i = 0; i < binned.length; i++) {
    const bin = binned[i] ?? 0;
    const weight = weightOf[i] ?? 0;
    gaps[bin] = (gaps[bin] ?? 0) + weight * ((so[i] ?? 0) - (confidence[i] ?? 0));
    totals[bin] = (totals[bin] ?? 0) + weight;
  }
  let [all, sum, largest] = [0, 0, 0];
  for (let bin = 0; bin < bins; bin++) {
    const total = totals[bin] ?? 0;
    if (total === 0) continue;
    const gap = Math.abs(gaps[bin] ?? 0);
    all += total;
    sum += gap;
    largest = Math.max(largest, gap / total);
  }
  return all === 0 ? undefined : { ece: sum / all, mce: Math.min(1, largest) };
}

/**
 * The expected (Naeini et al. 2015: mean over rows) or maximum calibration error over bins of equal width, 0 to 1. Biased up on few
 * rows, see `calibrationFloor`. It has corners where a bin is exactly right, so its uncertainty comes from resampled rows.
 */
export function calibrationError(kind: "ece" | "mce", bins: number, found: Confidences): Measured | Undefined {
  const binned = binsOf(found.confidence, bins);
  const whole = binGaps(found, binned, bins, found.weights);
  if (whole === undefined) return { undefined: "no-rows" };
  const { weights } = found;
  const scaled = new Float64Array(weights.length);
  return {
    value: whole[kind],
    n: weights.length,
    influence: new Float64Array(0),
    kind: "ratio",
    support: effectiveRows(weights),
    reweighted: (times) => {
      for (let i = 0; i < scaled.length; i++) scaled[i] = (weights[i] ?? 0) * (times[i] ?? 0);
      return binGaps(found, binned, bins, scaled)?.[kind];
    },
  };
}
