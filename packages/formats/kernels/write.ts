import { copy } from "./copy";
import { fits, numberSize, writeNumber } from "./number";

/** How a row is written: its parts one after another, then an end. All offsets are from the start of the memory. */
@unmanaged
class Plan {
  parts: usize;
  count: u32;
  end: usize;
  endSize: u32;
  out: usize;
  /** Bytes that were written. */
  size: u32;
}

/** A cell and what stands before it. */
@unmanaged
class Part {
  before: usize;
  beforeSize: u32;
  kind: u32;
  /** Texts by row; codes by row; or numbers by row. */
  values: usize;
  /** Where each text, or each name of a code, begins, and the last ends. */
  offsets: usize;
  names: usize;
  /** Decimals that the last number had, since those of a column mostly have as many. */
  decimals: i32;
}

const textOfCsv: u32 = 0;
const textOfJson: u32 = 1;
const category: u32 = 2;
const number: u32 = 3;

/**
 * Writes rows from `from` up to `to`, or up to a cell that is not plain: a text that would be quoted or escaped, or a number of more than 15 digits.
 * @returns the first row that was not written
 */
export function write(plan: Plan, from: i32, to: i32): i32 {
  const partSize = offsetof<Part>();
  const last = plan.parts + <usize>plan.count * partSize;
  let out = plan.out;
  let row = from;
  for (; row < to; row++) {
    const begin = out;
    let plain = true;
    for (let at = plan.parts; plain && at < last; at += partSize) {
      const part = changetype<Part>(at);
      copy(out, part.before, part.beforeSize);
      out += part.beforeSize;
      if (part.kind === number) {
        const value = load<f64>(part.values + (<usize>row << 3));
        // A value may be missing; its cell is empty then.
        if (value !== value) continue;
        const decimals = fits(abs(value), part.decimals);
        plain = decimals >= 0;
        if (plain) {
          part.decimals = decimals;
          writeNumber(out, value, decimals);
          out += numberSize;
        }
        continue;
      }
      const place = part.kind === category ? load<i32>(part.values + (<usize>row << 2)) : row;
      if (place < 0) {
        plain = false;
        continue;
      }
      const texts = part.kind === category ? part.names : part.values;
      const start = load<u32>(part.offsets + (<usize>place << 2));
      const size = load<u32>(part.offsets + (<usize>place << 2), 4) - start;
      if (part.kind === textOfCsv) plain = copyCsv(out, texts + start, size);
      else if (part.kind === textOfJson) plain = copyJson(out, texts + start, size);
      else copy(out, texts + start, size);
      out += size;
    }
    if (!plain) {
      out = begin;
      break;
    }
    copy(out, plan.end, plan.endSize);
    out += plan.endSize;
  }
  plan.size = <u32>(out - plan.out);
  return row;
}

/** Copies likewise, and tells whether none of the bytes is a quote, a comma or a line end. */
@inline
function copyCsv(to: usize, from: usize, size: usize): bool {
  let odd: i32 = 0;
  for (let at: usize = 0; at < size; at += 16) {
    const bytes = v128.load(from + at);
    const marks = v128.or(equals(bytes, 34), equals(bytes, 44));
    const found = i8x16.bitmask(v128.or(marks, v128.or(equals(bytes, 10), equals(bytes, 13))));
    odd |= found & inside(size - at);
    v128.store(to + at, bytes);
  }
  return odd === 0;
}

/** Copies likewise, and tells whether none of the bytes is a quote, a backslash or a control character. */
@inline
function copyJson(to: usize, from: usize, size: usize): bool {
  let odd: i32 = 0;
  for (let at: usize = 0; at < size; at += 16) {
    const bytes = v128.load(from + at);
    const marks = v128.or(equals(bytes, 34), equals(bytes, 92));
    const found = i8x16.bitmask(v128.or(marks, v128.lt<u8>(bytes, v128.splat<u8>(32))));
    odd |= found & inside(size - at);
    v128.store(to + at, bytes);
  }
  return odd === 0;
}

@inline
function equals(bytes: v128, byte: u8): v128 {
  return v128.eq<u8>(bytes, v128.splat<u8>(byte));
}

/** A bit for each of the first `size` of 16 bytes. */
@inline
function inside(size: usize): i32 {
  return size >= 16 ? 0xffff : (1 << <i32>size) - 1;
}
