/** A metric that has no value, and the reason code why. */
export interface Undefined {
  undefined: string;
}

/** Each row's cell; in bytes where there are few cells. */
export type CellOfRow = Int32Array | Uint8Array;

/** One metric measured over the rows, with each row's share in its uncertainty. */
export interface Measured {
  /** In the metric's own unit. */
  value: number;
  /** The rows measured. */
  n: number;
  /** What an infinitesimal more weight of each measured row changes, in the metric's unit; sums to 0. In the order of the rows asked for; empty beside `reweighted`. */
  influence: Float64Array;
  /** rate: a share of rows · mean: a mean of row values · rank: an area made of ranks · ratio: any other function of sums. */
  kind: "rate" | "mean" | "rank" | "ratio";
  /** The rows (sums of weights) that the value is a share of; the share is `successes / trials`. */
  successes?: number;
  trials?: number;
  /** For a rate: 1 a success, 0 a failure, −1 not in the denominator, for each measured row. */
  outcomes?: Int8Array;
  /** For a rising function of a share, such as F1 of Jaccard: the value that belongs to a share. */
  fromShare?: (share: number) => number;
  /**
   * For a metric of counts over rows without weights: each measured row's cell (0 to size − 1), the influence of a row of each cell, and
   * the value that counts by cell give (undefined where they give none). Rows resampled with replacement only change the counts.
   */
  cells?: { of: CellOfRow; size: number; slopes: Float64Array; value(counts: Float64Array): number | undefined };
  /** For a metric without influence values (medians, quantiles, ECE): its value when each measured row counts that many times. */
  reweighted?: (times: Float64Array) => number | undefined;
  /** For an area under the ROC curve: 1 a positive, 0 a negative row, whose numbers count as given when its variance is estimated. */
  strata?: Uint8Array;
  /** How many rows carry the value at the least, where the influence says nothing (an AUC of 1). */
  support: number;
  /** For a metric of counts: what one row moves the value by at the most when it is predicted wrong instead of right. */
  oneRow?: number;
  /** A threshold was chosen on these very rows and counts as fixed. */
  fixedThreshold?: boolean;
}
