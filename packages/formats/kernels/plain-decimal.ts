import { nearest } from "./nearest";

/**
 * Reads a cell that is a sign or none, digits, and a point among them or none: the nearest double, or NaN where the cell is not so or
 * that cannot be told here. Nothing that is read depends on what was found before, so that the processor reads several cells at once.
 * 32 bytes on either side must be readable.
 */
@inline
export function plainDecimal(start: usize, end: usize, known: usize): f64 {
  const sign = <u32>load<u8>(start);
  const from = start + <usize>(i32(sign === 45) | i32(sign === 43));
  const length = <i32>(end - from);
  if (<u32>length > 31) return NaN;
  const front = v128.load(from);
  const back = v128.load(from, 16);
  const inside = (<u32>1 << length) - 1;
  const points = pointsOf(front, back) & inside;
  if ((othersOf(front, back) & inside) !== points || (points & (points - 1)) !== 0) return NaN;
  const pointed = i32(points !== 0);
  const whole = <i32>ctz(points | (<u32>1 << length));
  const digits = length - pointed;
  if (digits === 0) return NaN;
  const fraction = digits - whole;
  let mantissa = lastDigits(end, pointed !== 0 ? fraction : 16, digits);
  if (digits > 16) {
    const more = digits - 16;
    const beyond = more - whole;
    const upper = lastDigits(from + more + i32(beyond > 0), beyond > 0 ? beyond : 16, more);
    if (upper > 1843) return NaN;
    mantissa += upper * 10000000000000000;
  }
  return nearest(mantissa, -fraction, <u64>i32(sign === 45) << 63, known);
}

@inline
function pointsOf(front: v128, back: v128): u32 {
  const point = v128.splat<u8>(46);
  return i8x16.bitmask(v128.eq<u8>(front, point)) | (i8x16.bitmask(v128.eq<u8>(back, point)) << 16);
}

/** Bytes that are no digits, a bit each. */
@inline
function othersOf(front: v128, back: v128): u32 {
  const zero = v128.splat<u8>(48);
  const nine = v128.splat<u8>(9);
  const first = i8x16.bitmask(v128.gt<u8>(v128.sub<u8>(front, zero), nine));
  return first | (i8x16.bitmask(v128.gt<u8>(v128.sub<u8>(back, zero), nine)) << 16);
}

/**
 * The last 16 digits before `end` as an integer, or as many as `count`. Before the last `fraction` of them stands a point, which is skipped.
 * They are summed in pairs, fours and eights.
 */
@inline
function lastDigits(end: usize, fraction: i32, count: i32): u64 {
  const places = v128(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const behind = v128.gt<i8>(places, v128.splat<i8>(<i8>(15 - min(fraction, 16))));
  const counted = v128.gt<i8>(places, v128.splat<i8>(<i8>(15 - min(count, 16))));
  const bytes = v128.bitselect(v128.load(end - 16), v128.load(end - 17), behind);
  const digits = v128.and(v128.sub<u8>(bytes, v128.splat<u8>(48)), counted);
  const tens = v128.mul<u16>(v128.and(digits, v128.splat<u16>(0xff)), v128.splat<u16>(10));
  const pairs = v128.add<u16>(tens, v128.shr<u16>(digits, 8));
  const fours = i32x4.dot_i16x8_s(pairs, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  const narrow = v128.narrow<i32>(fours, fours);
  const eights = i32x4.dot_i16x8_s(narrow, i16x8(10000, 1, 10000, 1, 10000, 1, 10000, 1));
  return <u64>(<u32>v128.extract_lane<i32>(eights, 0)) * 100000000 + <u64>(<u32>v128.extract_lane<i32>(eights, 1));
}
