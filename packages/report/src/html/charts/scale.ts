/** A linear scale from numbers to pixels. */
export interface Scale {
  at(value: number): number;
  ticks: number[];
  /** Decimals that tell two ticks apart. */
  decimals: number;
}

/**
 * A scale over the numbers from `low` to `high` onto the pixels from `from` to `to`, with round ticks (1, 2 or 5 times a power of ten).
 * Equal ends are spread, so that a flat line lies in the middle.
 */
export function linearScale(low: number, high: number, from: number, to: number, about = 5): Scale {
  const spread = high > low ? high - low : Math.max(Math.abs(low) * 0.1, 1e-6);
  const [start, end] = high > low ? [low, high] : [low - spread / 2, low + spread / 2];
  const rough = (end - start) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (rough / power > 5 ? 10 : rough / power > 2 ? 5 : rough / power > 1 ? 2 : 1);
  const ticks: number[] = [];
  for (let i = Math.ceil(start / step - 1e-9); i * step <= end + step * 1e-9; i++) ticks.push(i * step);
  const decimals = Math.max(0, Math.min(9, Math.ceil(-Math.log10(step) - 1e-9)));
  return { at: (value) => from + ((value - start) / (end - start)) * (to - from), ticks, decimals };
}

/** A pixel as text: one decimal, the same everywhere. */
export function pixel(value: number): string {
  return value.toFixed(1);
}
