/** A number with at most four significant digits, as in `0.5832` or `1.2e-7`; the same on every machine. */
export function numberText(value: number): string {
  if (Number.isInteger(value) && value > -10_000 && value < 10_000) return String(value);
  const rounded = Number(value.toPrecision(4));
  return String(rounded === 0 ? 0 : rounded);
}

/** A share as percent: `0.0213` is `2.13%`. */
export function percentText(share: number): string {
  return `${numberText(share * 100)}%`;
}

/** A change or margin in its scale: percent when relative; with `signed`, a plus before a positive one. */
export function amountText(value: number, scale: "absolute" | "relative", signed = false): string {
  const text = scale === "relative" ? percentText(value) : numberText(value);
  return signed && value > 0 ? `+${text}` : text;
}
