import { nearest } from "./nearest";

/** A larger integer may have no room for one more digit in 64 bits. */
const largest: u64 = 1844674407370955160;

/**
 * Reads a cell that is a decimal number of any form, an exponent included, digit by digit: the nearest double, or NaN where it is none or
 * that cannot be told here.
 * @param known what `writeDecimalConstants` of the host has written
 */
export function decimal(start: usize, end: usize, known: usize): f64 {
  let p = start;
  const sign = <u32>load<u8>(p);
  if (sign === 45 || sign === 43) p++;
  let mantissa: u64 = 0;
  let power: i32 = 0;
  let seen: i32 = 0;
  let point: i32 = 0;
  while (p < end) {
    const byte = <u32>load<u8>(p);
    const digit = byte - 48;
    if (digit <= 9) {
      if (mantissa > largest) return NaN;
      mantissa = mantissa * 10 + digit;
      power -= point;
      seen++;
    } else if (byte === 46 && point === 0) point = 1;
    else break;
    p++;
  }
  if (seen === 0) return NaN;
  if (p < end && (load<u8>(p) | 32) === 101) {
    p++;
    const direction = <u32>load<u8>(p);
    if (direction === 45 || direction === 43) p++;
    const first = p;
    let exponent: i32 = 0;
    let digit = <u32>load<u8>(p) - 48;
    while (p < end && digit <= 9) {
      if (exponent < 1000) exponent = exponent * 10 + digit;
      p++;
      digit = <u32>load<u8>(p) - 48;
    }
    if (p === first) return NaN;
    power += direction === 45 ? -exponent : exponent;
  }
  return p === end ? nearest(mantissa, power, <u64>i32(sign === 45) << 63, known) : NaN;
}
