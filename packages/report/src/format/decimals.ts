import { usualDecimals } from "./number.ts";

/** Numbers of one line that a reader will compare or subtract. */
export interface Line {
  /** Values shown side by side; `values[1] − values[0]` is the change when `change` is given. */
  values: readonly number[];
  change?: number | undefined;
  /** Pairs whose order explains the verdict: a loss and its margin, a value and its limit, a bound and zero. */
  ordered: readonly (readonly [number, number])[];
  /** Numbers that are written as they are, such as a margin. */
  exact: readonly number[];
}

const most = 9;

/** A number in units of its last shown digit. */
function units(value: number, decimals: number): bigint {
  return BigInt(value.toFixed(decimals).replace(".", ""));
}

/** The decimals that write a number exactly, up to six. */
function written(value: number): number {
  for (let d = 0; d < 6; d += 1) if (Number(value.toFixed(d)) === value) return d;
  return 6;
}

function agrees(line: Line, decimals: number): boolean {
  const [first, second] = line.values;
  const { change } = line;
  if (change !== undefined && first !== undefined && second !== undefined) {
    if (units(second, decimals) - units(first, decimals) !== units(change, decimals)) return false;
  }
  return line.ordered.every(([a, b]) => {
    const [x, y] = [units(a, decimals), units(b, decimals)];
    return a < b === x < y && a > b === x > y;
  });
}

/**
 * The least count of decimals with which rounded numbers still add up and stand in the same order as the exact ones, so that the line explains
 * the verdict, and no fewer than `least`. Numbers that no nine decimals can tell apart get the usual count.
 */
export function decimalsFor(line: Line, least = 0): number {
  const all = [
    ...line.values,
    ...line.exact,
    ...line.ordered.flat(),
    ...(line.change === undefined ? [] : [line.change]),
  ];
  if (all.some((value) => !Number.isFinite(value) || Math.abs(value) >= 1e15)) return 0;
  const size = Math.max(0, ...line.values.map(Math.abs));
  const usual = line.values.length > 0 && line.values.every(Number.isInteger) ? 0 : usualDecimals(size);
  const start = Math.max(usual, least, ...line.exact.map(written));
  for (let d = start; d <= most; d += 1) if (agrees(line, d)) return d;
  return start;
}
