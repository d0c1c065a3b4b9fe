import type { Cells } from "./scan-rows.ts";

/** Powers of ten that doubles hold exactly. */
const tens = Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

/**
 * The double nearest to a decimal text in bytes, exactly as `Number` reads it; white space around it is allowed.
 * NaN for everything else: other texts, an empty cell, `nan`, `inf`, and what overflows.
 * @source Clinger 1990: up to 15 digits and powers of ten up to 22 are exact in one division or product
 */
export function parseDouble(bytes: Uint8Array, start: number, end: number): number {
  let from = start;
  let to = end;
  while (from < to && isSpace(bytes[from])) from++;
  while (to > from && isSpace(bytes[to - 1])) to--;
  let at = from;
  const sign = bytes[at];
  if (sign === 45 || sign === 43) at++;
  let mantissa = 0;
  let digits = 0;
  let seen = 0;
  let scale = 0;
  let point = false;
  for (; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 48 && byte <= 57) {
      seen++;
      if (digits > 0 || byte !== 48) digits++;
      if (digits <= 15) mantissa = mantissa * 10 + (byte - 48);
      if (point) scale--;
    } else if (byte === 46 && !point) {
      point = true;
    } else break;
  }
  if (seen === 0) return Number.NaN;
  if (at < to) {
    if (((bytes[at] ?? 0) | 32) !== 101) return Number.NaN;
    const exponent = exponentOf(bytes, at + 1, to);
    if (exponent === undefined) return Number.NaN;
    scale += exponent;
  }
  if (digits <= 15 && scale >= -22 && scale <= 22) {
    const value = scale < 0 ? mantissa / (tens[-scale] ?? 1) : mantissa * (tens[scale] ?? 1);
    return sign === 45 ? -value : value;
  }
  const value = Number(Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("latin1"));
  return Number.isFinite(value) ? value : Number.NaN;
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
