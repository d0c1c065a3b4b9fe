/** Powers of ten that doubles hold exactly, and each as a sum of two halves whose products with another half are exact. */
const tens = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
const upperTens = tens.map(upperHalf);
const lowerTens = tens.map((ten) => ten - upperHalf(ten));
const tenths = tens.map((ten) => 1 / ten);
const powers = Int32Array.of(1, 10, 100, 1000, 10_000);

/**
 * Reads a decimal number that begins at `at`: the nearest double, exactly as `Number` reads it, or NaN where that cannot be told quickly.
 * @param view the same bytes
 * @param to reads no byte from here on
 * @param stop gets the offset of the first byte that is no part of the number; −1 when there is none
 * @source Clinger 1990: up to 15 digits and powers of ten up to 22 are exact in one division or product.
 * Up to 18 digits are divided with a remainder, and the quotient is taken when both ends of its error round to it.
 */
export function readDecimal(bytes: Uint8Array, view: DataView, start: number, to: number, stop: Int32Array): number {
  let at = start;
  const sign = bytes[at] ?? 0;
  if (sign === 45 || sign === 43) at++;
  // The first digits as an integer of at most nine, and `shift` more as another; zeros before them do not count.
  let first = 0;
  let second = 0;
  let digits = 0;
  let shift = 0;
  let point = -1;
  const begin = at;
  for (;;) {
    // Four bytes at once: each digit becomes 0 to 9, and the first byte that is none is the lowest to have its top bit set in `others`.
    const word = (at + 4 <= to ? view.getInt32(at, true) : lastWord(bytes, at, to)) ^ 0x30303030;
    const others = ((word + 0x76767676) | word) & 0x80808080;
    const run = others === 0 ? 4 : (31 - Math.clz32(others & -others)) >>> 3;
    if (run > 0) {
      const moved = word << (32 - 8 * run);
      const pairs = (Math.imul(moved, 10) + (moved >>> 8)) & 0x00ff00ff;
      const read = Math.imul(pairs & 0xff, 100) + (pairs >>> 16);
      if (digits === 0) {
        first = read;
        digits = read >= 1000 ? 4 : read >= 100 ? 3 : read >= 10 ? 2 : read > 0 ? 1 : 0;
      } else if (shift === 0 && digits + run <= 9) {
        first = Math.imul(first, powers[run] ?? 1) + read;
        digits += run;
      } else {
        second = second * (tens[run] ?? 1) + read;
        shift += run;
        digits += run;
      }
      at += run;
      if (run === 4) continue;
    }
    if (point >= 0 || at >= to || bytes[at] !== 46) break;
    point = at++;
  }
  let scale = 0;
  let seen = at - begin;
  if (point >= 0) {
    scale = point + 1 - at;
    seen--;
  }
  if (seen === 0) return none(stop);
  if (at < to && ((bytes[at] ?? 0) | 32) === 101) {
    const begun = ++at;
    const down = bytes[at] === 45;
    if (at < to && (down || bytes[at] === 43)) at++;
    const from = at;
    let exponent = 0;
    for (; at < to; at++) {
      const digit = (bytes[at] ?? 0) - 48;
      if (digit < 0 || digit > 9) break;
      // Capped where every double has overflown.
      if (exponent < 1_000_000) exponent = exponent * 10 + digit;
    }
    if (at === from || from < begun) return none(stop);
    scale += down ? -exponent : exponent;
  }
  stop[0] = at;
  if (scale < -22 || scale > 22) return Number.NaN;
  let value = Number.NaN;
  if (digits <= 15) {
    const mantissa = first * (tens[shift] ?? 1) + second;
    value = scale < 0 ? mantissa / (tens[-scale] ?? 1) : mantissa * (tens[scale] ?? 1);
  } else if (digits <= 18 && scale < 0) value = quotient(first, second, shift, -scale);
  return sign === 45 ? -value : value;
}

/** The bytes from `at` on where fewer than four are left, and zeros. */
function lastWord(bytes: Uint8Array, at: number, to: number): number {
  let word = 0;
  for (let i = 0; at + i < to; i++) word |= (bytes[at + i] ?? 0) << (8 * i);
  return word;
}

function none(stop: Int32Array): number {
  stop[0] = -1;
  return Number.NaN;
}

/**
 * (first · 10^shift + second) / 10^power, correctly rounded, or NaN when that cannot be told.
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
  const tenth = tenths[power] ?? 1;
  // Near the quotient is enough: what it misses is in the rest.
  const value = sum * tenth;
  const upper = upperHalf(value);
  const lower = value - upper;
  const upperTen = upperTens[power] ?? 1;
  const lowerTen = lowerTens[power] ?? 0;
  const back = value * divisor;
  const backError = upper * upperTen - back + upper * lowerTen + lower * upperTen + lower * lowerTen;
  const rest = (sum - back - backError + error) * tenth;
  const doubt = Math.abs(rest) * 2 ** -40;
  return value + (rest - doubt) === value + (rest + doubt) ? value + rest : Number.NaN;
}

/** The upper 26 bits of a double. */
function upperHalf(value: number): number {
  const scaled = value * 134_217_729;
  return scaled - (scaled - value);
}
