/** Whether a text reads as a number, or as one that is not finite: a number that was written as text by mistake. */
export function looksLikeNumber(text: string): boolean {
  return numeric.test(text.trim());
}

const numeric = /^[+-]?(?:\.?nan|\.?inf(?:inity)?|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/i;

/** Whether a text is a number with a comma before its decimals, as some languages write it. */
export function hasDecimalComma(text: string): boolean {
  return /^\s*[+-]?\d+,\d+(?:e[+-]?\d+)?\s*$/i.test(text);
}

/** A value as a metric holds it: finite, or why there is none. */
export function measured(value: number): { value: number } | { undefined: "not-finite" } {
  return Number.isFinite(value) ? { value } : { undefined: "not-finite" };
}

/** The number that a text stands for, NaN where it says so (`nan`, `inf` of any sign: a metric has no such value); undefined where it is none. */
export function numberOf(text: string): number | undefined {
  const trimmed = text.trim();
  return numeric.test(trimmed) ? Number(trimmed) : undefined;
}
