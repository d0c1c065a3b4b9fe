/** Decimals below this have at most 15 digits, and no two of those are the same double. */
const most: f64 = 1e15;

/** The bytes that `writeNumber` has written. */
export let numberSize: usize = 0;

/**
 * How many decimals a size has, or some more; -1 when it has more than 15 digits, or when its text has an exponent.
 * @param guess what is tried first
 */
export function fits(size: f64, guess: i32): i32 {
  if (size === 0) return 0;
  if (!(size >= 1e-6 && size < most)) return -1;
  let power: f64 = 1;
  for (let scale = 0; scale < guess; scale++) power *= 10;
  if (isDecimal(size, power)) return guess;
  power = 1;
  for (let scale = 0; scale <= 15; scale++) {
    if (isDecimal(size, power)) return scale;
    power *= 10;
  }
  return -1;
}

@inline
function isDecimal(size: f64, power: f64): bool {
  const digits = nearest(size * power);
  return digits < most && digits / power === size;
}

/** Writes a number with at most that many decimals in the shortest text that reads back as the same double. @param decimals what `fits` says */
export function writeNumber(out: usize, value: f64, decimals: i32): void {
  let power: f64 = 1;
  for (let scale = 0; scale < decimals; scale++) power *= 10;
  let digits = <u64>nearest(abs(value) * power);
  let scale = decimals;
  while (scale > 0 && digits % 10 === 0) {
    digits /= 10;
    scale--;
  }
  let at = out;
  if (reinterpret<i64>(value) < 0) store<u8>(at++, 45);
  let length: i32 = 1;
  for (let bound: u64 = 10; digits >= bound; bound *= 10) length++;
  if (length <= scale) length = scale + 1;
  const end = at + length + i32(scale > 0);
  const point = scale > 0 ? end - 1 - scale : 0;
  // In two halves, so that each is a small integer.
  let high = <u32>(digits / 100000000);
  let low = <u32>(digits - <u64>high * 100000000);
  let left: i32 = 8;
  for (let place = end - 1; place >= at; place--) {
    if (place === point) {
      store<u8>(place, 46);
      continue;
    }
    if (left-- === 0) {
      low = high;
      high = 0;
    }
    const rest = low / 10;
    store<u8>(place, <u8>(48 + low - rest * 10));
    low = rest;
  }
  numberSize = end - out;
}
