import { amountText, numberText } from "../gates/number-text.ts";
import { marginOf } from "./margin.ts";
import type { MarginText } from "./written-margin.ts";

/** A margin in a sentence: `0.01`, or `5% of the baseline`. */
export function spokenMargin(margin: MarginText): string {
  const read = marginOf(margin);
  if (read === undefined) return String(margin);
  return read.scale === "relative" ? `${amountText(read.value, "relative")} of the baseline` : numberText(read.value);
}

/** Whether a margin accepts no loss at all. */
export function isZero(margin: MarginText): boolean {
  return marginOf(margin)?.value === 0;
}
