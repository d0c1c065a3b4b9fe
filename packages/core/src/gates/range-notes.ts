import type { Note } from "../documents/fields.ts";
import type { GateResult } from "../documents/verdict.ts";
import { type Beyond, beyondRange, outsideRange, rangeText } from "../metrics/beyond-range.ts";
import { amountText, numberText } from "./number-text.ts";
import { remark } from "./reasons.ts";

type Asked = Pick<GateResult, "rule" | "direction" | "margin" | "scale" | "limit">;

/** This many metrics are named in a note; the others are counted. */
const MOST_NAMED = 3;

/**
 * What the gates of a verdict ask that no value of their metrics can break or keep, and values outside of what their metric can be, which are in
 * another unit than a limit may suppose. One note for each thing that is asked, with the metrics.
 */
export function rangeNotes(results: readonly Omit<GateResult, "verdict">[]): Note[] {
  const names = new Map<string, Set<string>>();
  const add = (text: string, metric: string) => names.set(text, (names.get(text) ?? new Set()).add(metric));
  for (const result of results) {
    const { metric, candidate, baseline, scale, margin, limit } = result;
    if (margin === undefined && limit === undefined) continue;
    const outside = outsideRange(metric, [candidate, baseline]);
    // A share of a value in percent is what it is, unless the other side is in another unit.
    const mixed = !outsideRange(metric, [candidate]) !== !outsideRange(metric, [baseline]);
    if (outside !== undefined && (scale !== "relative" || mixed)) {
      add(
        `# is outside of its usual range, ${rangeText(outside)}: margins and limits are held against it as they are.`,
        metric,
      );
      continue;
    }
    const found = beyondRange(metric, result);
    if (found !== undefined) add(beyondText("#", result, found), metric);
  }
  return [...names].map(([text, metrics]) => remark("beyond-range", text.replace("#", listed([...metrics]))));
}

/** What is wrong with a rule that no value of `metrics` can break, or none can keep, in a sentence. */
export function beyondText(metrics: string, { rule, margin, scale, limit }: Asked, { is, range }: Beyond): string {
  const why = range === undefined ? "nothing can lose more than all of it" : `it lies ${rangeText(range)}`;
  const amount = margin === undefined ? numberText(limit ?? Number.NaN) : amountText(margin, scale ?? "absolute");
  if (margin === undefined)
    return is === "never-fails"
      ? `Every value of ${metrics} keeps ${rule}: ${amount}, since ${why}.`
      : `No value of ${metrics} keeps ${rule}: ${amount}, since ${why}.`;
  return is === "never-fails"
    ? `A margin of ${amount} is never exceeded by ${metrics}, since ${why}.`
    : `A gain of ${amount} is never reached by ${metrics}, since ${why}.`;
}

function listed(metrics: readonly string[]): string {
  const shown = metrics.slice(0, MOST_NAMED).join(", ");
  return metrics.length > MOST_NAMED ? `${shown} and ${metrics.length - MOST_NAMED} more` : shown;
}
