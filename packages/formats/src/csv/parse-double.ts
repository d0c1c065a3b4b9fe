import type { Cells } from "./scan-rows.ts";

/** Powers of ten that doubles hold exactly, and each as a sum of two halves whose products with another half are exact. */
const tens = Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
const upperTens = tens.map(upperHalf);
const lowerTens = tens.map((ten) => ten - upperHalf(ten));

/**
 * The double nearest to a decimal text in bytes, exactly as `Number` reads it; white space around it is allowed.
 * NaN for everything else: other texts, an empty cell, `nan`, `inf`, and what overflows.
 * @source Clinger 1990: up to 15 digits and powers of ten up to 22 are exact in one division or product.
 * Up to 18 digits are divided with a remainder, and the quotient is taken when both ends of its error round to it; the rest is left to `Number`.
 */
export function parseDouble(bytes: Uint8Array, start: number, end: number): number {
  let from = start;
  let to = end;
  while (from < to && isSpace(bytes[from])) from++;
  while (to > from && isSpace(bytes[to - 1])) to--;
  let at = from;
  const sign = bytes[at];
  if (sign === 45 || sign === 43) at++;
  // The first nine digits and the next nine, as small integers.
  let first = 0;
  let second = 0;
  let digits = 0;
  let seen = 0;
  let point = -1;
  for (; at < to; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit >= 0 && digit <= 9) {
      seen++;
      if (digits < 9) {
        first = (first * 10 + digit) | 0;
        if (first !== 0) digits++;
      } else {
        if (digits < 18) second = (second * 10 + digit) | 0;
        digits++;
      }
    } else if (digit === -2 && point < 0) {
      point = at;
    } else break;
  }
  if (seen === 0) return Number.NaN;
  let scale = point < 0 ? 0 : point + 1 - at;
  if (at < to) {
    if (((bytes[at] ?? 0) | 32) !== 101) return Number.NaN;
    const exponent = exponentOf(bytes, at + 1, to);
    if (exponent === undefined) return Number.NaN;
    scale += exponent;
  }
  if (digits <= 15 && scale >= -22 && scale <= 22) {
    const mantissa = digits <= 9 ? first : first * (tens[digits - 9] ?? 1) + second;
    const value = scale < 0 ? mantissa / (tens[-scale] ?? 1) : mantissa * (tens[scale] ?? 1);
    return sign === 45 ? -value : value;
  }
  if (digits > 15 && digits <= 18 && scale < 0 && scale >= -22) {
    const value = quotient(first, second, digits - 9, -scale);
    if (value >= 0) return sign === 45 ? -value : value;
  }
  const value = Number(Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("latin1"));
  return Number.isFinite(value) ? value : Number.NaN;
}

/**
 * (first · 10^shift + second) / 10^power, correctly rounded, or −1 when that cannot be told.
 * @source Dekker 1971 and Veltkamp 1968: sums and products of doubles with their errors
 */
function quotient(first: number, second: number, shift: number, power: number): number {
  const ten = tens[shift] ?? 1;
  const product = first * ten;
  const low = first & 0x7fff;
  const productError = (first - low) * ten - product + low * ten;
  const sum = product + second;
  const error = second - (sum - product) + productError;
  const divisor = tens[power] ?? 1;
  const value = sum / divisor;
  const upper = upperHalf(value);
  const lower = value - upper;
  const upperTen = upperTens[power] ?? 1;
  const lowerTen = lowerTens[power] ?? 0;
  const back = value * divisor;
  const backError = upper * upperTen - back + upper * lowerTen + lower * upperTen + lower * lowerTen;
  const rest = (sum - back - backError + error) / divisor;
  const doubt = Math.abs(rest) * 2 ** -40;
  return value + (rest - doubt) === value + (rest + doubt) ? value + rest : -1;
}

/** The upper 26 bits of a double. */
function upperHalf(value: number): number {
  const scaled = value * 134_217_729;
  return scaled - (scaled - value);
}

/** The numbers of a column; NaN where a cell holds none. */
export function numbersIn(bytes: Uint8Array, cells: Cells, count: number): Float64Array {
  const values = new Float64Array(count);
  for (let row = 0; row < count; row++) values[row] = parseDouble(bytes, cells.starts[row] ?? 0, cells.ends[row] ?? 0);
  return values;
}

/** A signed whole number of at least one digit, capped where every double has overflown. */
function exponentOf(bytes: Uint8Array, start: number, end: number): number | undefined {
  let at = start;
  const sign = bytes[at];
  if (sign === 45 || sign === 43) at++;
  if (at >= end) return undefined;
  let value = 0;
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 48 || byte > 57) return undefined;
    value = Math.min(value * 10 + (byte - 48), 1_000_000);
  }
  return sign === 45 ? -value : value;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 32 || byte === 9;
}
