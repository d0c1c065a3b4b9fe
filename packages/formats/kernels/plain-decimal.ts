import { nearest } from "./nearest";

/*
 * Where vectors stand among what `writeDecimalConstants` of the host has written. They are loaded, since the engine
 * makes a constant anew from several instructions wherever it is used.
 */
const vectorsAt: usize = 2064;
const zeros: usize = vectorsAt;
const points: usize = vectorsAt + 16;
const nines: usize = vectorsAt + 32;
const lowBytes: usize = vectorsAt + 48;
const tens: usize = vectorsAt + 64;
const hundreds: usize = vectorsAt + 80;
const tenThousands: usize = vectorsAt + 96;
/** Sixteen zero bytes, then sixteen of ones: what is loaded n bytes behind its start marks the last n of 16 bytes. */
const lastMasks: usize = vectorsAt + 112;

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
  const inside = (<u32>1 << length) - 1;
  let pointed = pointsOf(from, known);
  let others = othersOf(from, known);
  if (length > 16) {
    pointed |= pointsOf(from + 16, known) << 16;
    others |= othersOf(from + 16, known) << 16;
  }
  pointed &= inside;
  if ((others & inside) !== pointed || (pointed & (pointed - 1)) !== 0) return NaN;
  const whole = <i32>ctz(pointed | (<u32>1 << length));
  const digits = length - i32(pointed !== 0);
  if (digits === 0) return NaN;
  const fraction = digits - whole;
  let mantissa = lastDigits(end, pointed !== 0 ? min(fraction, 16) : 16, min(digits, 16), known);
  if (digits > 16) {
    const more = digits - 16;
    const beyond = more - whole;
    const upper = lastDigits(from + more + i32(beyond > 0), beyond > 0 ? beyond : 16, more, known);
    if (upper > 1843) return NaN;
    mantissa += upper * 10000000000000000;
  }
  return nearest(mantissa, -fraction, <u64>i32(sign === 45) << 63, known);
}

/** The points among 16 bytes, a bit each. */
@inline
function pointsOf(at: usize, known: usize): u32 {
  return i8x16.bitmask(v128.eq<u8>(v128.load(at), v128.load(known, points)));
}

/** The bytes that are no digits among 16, a bit each. */
@inline
function othersOf(at: usize, known: usize): u32 {
  const digits = v128.sub<u8>(v128.load(at), v128.load(known, zeros));
  return i8x16.bitmask(v128.eq<u8>(v128.min<u8>(digits, v128.load(known, nines)), digits)) ^ 0xffff;
}

/**
 * The last `count` digits before `end` as an integer, at most 16. Before the last `fraction` of them stands a point, which is skipped.
 * They are summed in pairs, fours and eights.
 */
@inline
function lastDigits(end: usize, fraction: i32, count: i32, known: usize): u64 {
  const behind = v128.load(known + <usize>fraction, lastMasks);
  const counted = v128.load(known + <usize>count, lastMasks);
  const bytes = v128.bitselect(v128.load(end - 16), v128.load(end - 17), behind);
  const digits = v128.and(v128.sub<u8>(bytes, v128.load(known, zeros)), counted);
  const larger = v128.mul<u16>(v128.and(digits, v128.load(known, lowBytes)), v128.load(known, tens));
  const pairs = v128.add<u16>(larger, v128.shr<u16>(digits, 8));
  const fours = i32x4.dot_i16x8_s(pairs, v128.load(known, hundreds));
  const narrow = v128.narrow<i32>(fours, fours);
  const eights = <u64>i64x2.extract_lane(i32x4.dot_i16x8_s(narrow, v128.load(known, tenThousands)), 0);
  return (eights & 0xffffffff) * 100000000 + (eights >> 32);
}
