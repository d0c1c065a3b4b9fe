import { utf8Bytes, utf8Text } from "../text/utf8.ts";

/**
 * Texts of rows without a string for each: the UTF-8 bytes of row i are `bytes[offsets[i]] … bytes[offsets[i + 1] − 1]`.
 * Byte order of valid UTF-8 is code point order.
 */
export interface TextCells {
  count: number;
  bytes: Uint8Array;
  /** One more than `count`; the first is 0. */
  offsets: Uint32Array;
}

/** Texts as cells. @throws RangeError on a lone surrogate */
export function textCells(texts: readonly string[]): TextCells {
  const parts = texts.map(utf8Bytes);
  const offsets = new Uint32Array(texts.length + 1);
  for (const [i, part] of parts.entries()) offsets[i + 1] = (offsets[i] ?? 0) + part.length;
  const bytes = new Uint8Array(offsets[texts.length] ?? 0);
  for (const [i, part] of parts.entries()) bytes.set(part, offsets[i]);
  return { count: texts.length, bytes, offsets };
}

/** The text of one row. */
export function textAt(cells: TextCells, row: number): string {
  return utf8Text(cells.bytes, cells.offsets[row] ?? 0, cells.offsets[row + 1] ?? 0);
}

/** The texts of all rows. */
export function textsOf(cells: TextCells): string[] {
  return Array.from({ length: cells.count }, (_, row) => textAt(cells, row));
}

/** Compares the text of a row with that of a row of other cells, by code point: negative, zero or positive. */
export function compareTexts(a: TextCells, row: number, b: TextCells, other: number): number {
  let at = a.offsets[row] ?? 0;
  let to = b.offsets[other] ?? 0;
  const length = (a.offsets[row + 1] ?? 0) - at;
  const otherLength = (b.offsets[other + 1] ?? 0) - to;
  for (let left = Math.min(length, otherLength); left > 0; left--) {
    const difference = (a.bytes[at++] ?? 0) - (b.bytes[to++] ?? 0);
    if (difference !== 0) return difference;
  }
  return length - otherLength;
}

/** Whether both hold the same texts in the same order. */
export function equalTexts(a: TextCells, b: TextCells): boolean {
  const size = a.offsets[a.count] ?? 0;
  if (a.count !== b.count || size !== b.offsets[b.count]) return false;
  if (!equalWords(a.offsets.subarray(0, a.count), b.offsets)) return false;
  // Four bytes at once where they can be read so.
  const whole = a.bytes.byteOffset % 4 === 0 && b.bytes.byteOffset % 4 === 0 ? size >>> 2 : 0;
  const words = (bytes: Uint8Array) => new Uint32Array(bytes.buffer, bytes.byteOffset, whole);
  if (whole > 0 && !equalWords(words(a.bytes), words(b.bytes))) return false;
  for (let at = whole * 4; at < size; at++) if (a.bytes[at] !== b.bytes[at]) return false;
  return true;
}

/** Whether `b` begins with the words of `a`. */
function equalWords(a: Uint32Array, b: Uint32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The cells with their rows in another order: `order[i]` is the row that comes to place i. */
export function textsInOrder(cells: TextCells, order: Int32Array): TextCells {
  const bytes = new Uint8Array(cells.bytes.length);
  const offsets = new Uint32Array(order.length + 1);
  let size = 0;
  for (let place = 0; place < order.length; place++) {
    const row = order[place] ?? 0;
    const end = cells.offsets[row + 1] ?? 0;
    for (let at = cells.offsets[row] ?? 0; at < end; at++) bytes[size++] = cells.bytes[at] ?? 0;
    offsets[place + 1] = size;
  }
  return { count: order.length, bytes: bytes.subarray(0, size), offsets };
}
