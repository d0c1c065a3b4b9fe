import type { MarginText } from "./written-margin.ts";

/** A margin as a number >= 0: in the metric's unit, or relative to the baseline (0.02 for 2%). */
export interface Margin {
  value: number;
  scale: "absolute" | "relative";
}

/** Reads a margin such as `0.01`, `"0.01"` or `"2%"`; undefined when it is none (not finite, negative, other text). */
export function marginOf(text: MarginText): Margin | undefined {
  if (typeof text === "number")
    return Number.isFinite(text) && text >= 0 ? { value: text, scale: "absolute" } : undefined;
  const found = /^\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(text);
  if (found === null) return undefined;
  const number = Number(found[1]);
  return found[2] === "%" ? { value: number / 100, scale: "relative" } : { value: number, scale: "absolute" };
}
