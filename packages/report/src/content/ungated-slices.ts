import { clip } from "@metricgate/core/text/clip";
import { visible } from "../escape/visible.ts";
import { evenColumns } from "../format/even-columns.ts";
import { ungatedNumbers } from "../format/ungated-numbers.ts";
import type { ModelReport } from "../view.ts";
import { type NotJudged, notJudged } from "./policy-lines.ts";
import { gainSign } from "./result-word.ts";
import { sliceName } from "./slice-name.ts";

/** The loss of a value as a share of its size; what has no known way that is good, or no change, comes last. */
function loss({ direction, change, baseline }: NotJudged): number {
  if (change === undefined || direction === undefined) return Number.NEGATIVE_INFINITY;
  const sign = gainSign({ direction, change });
  return (-sign * Math.abs(change)) / (Math.abs(baseline ?? 0) || 1);
}

/** The values of slices that no gate judged, the largest losses first; ties keep the order of the document. */
export function ungatedSlices(model: ModelReport): NotJudged[] {
  return notJudged(model)
    .slices.map((one) => ({ one, loss: loss(one) }))
    .sort((a, b) => (a.loss === b.loss ? 0 : b.loss - a.loss))
    .map(({ one }) => one);
}

/** The metrics over all rows that no gate judged. */
export function ungatedWholes(model: ModelReport): readonly NotJudged[] {
  return notJudged(model).wholes;
}

/** Slices without a gate as lines of even columns. */
export function ungatedSliceLines(slices: readonly NotJudged[]): string[] {
  const cells = slices.map((one) => {
    const { baseline, candidate, change } = ungatedNumbers(one);
    return [
      clip(visible(one.slice === undefined ? "" : sliceName(one.slice)), 40),
      clip(visible(one.metric), 32),
      baseline,
      candidate,
      one.why === "new" ? "new" : change,
    ];
  });
  return evenColumns([["slice", "metric", "base", "this", "change"], ...cells], new Set([2, 3, 4]));
}
