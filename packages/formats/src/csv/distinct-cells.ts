import type { CellReader } from "./cell-text.ts";
import type { Cells } from "./scan-csv.ts";

/** The distinct texts of a column in the order of their first rows, and for each row which one it holds. */
export interface Distinct {
  codes: Int32Array;
  names: string[];
}

/**
 * Encodes a column by its distinct texts, comparing bytes, so that a text is made once for each and not for each row.
 * @param most gives up, and returns undefined, when there are more
 */
export function distinctCells(
  bytes: Uint8Array,
  cells: Cells,
  count: number,
  reader: CellReader,
  most = Infinity,
): Distinct | undefined {
  const codes = new Int32Array(count);
  const firsts: number[] = [];
  let size = 1024;
  let table = new Int32Array(size).fill(-1);
  const short = new Int32Array(256).fill(-1);
  const { starts, ends } = cells;

  const hashOf = (start: number, end: number): number => {
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    return (hash ^ (hash >>> 15)) >>> 0;
  };
  const same = (a: number, b: number): boolean => {
    const start = starts[a] ?? 0;
    const length = (ends[a] ?? 0) - start;
    const other = starts[b] ?? 0;
    if ((ends[b] ?? 0) - other !== length) return false;
    for (let i = 0; i < length; i++) if (bytes[start + i] !== bytes[other + i]) return false;
    return true;
  };
  const slotOf = (row: number): number => {
    let slot = hashOf(starts[row] ?? 0, ends[row] ?? 0) & (size - 1);
    for (let code = table[slot] ?? -1; code >= 0 && !same(row, firsts[code] ?? 0); code = table[slot] ?? -1)
      slot = (slot + 1) & (size - 1);
    return slot;
  };
  const rehash = (): void => {
    size *= 2;
    table = new Int32Array(size).fill(-1);
    firsts.forEach((row, code) => {
      table[slotOf(row)] = code;
    });
  };

  for (let row = 0; row < count; row++) {
    const start = starts[row] ?? 0;
    const single = (ends[row] ?? 0) - start === 1 ? (bytes[start] ?? 0) : -1;
    const known = single < 0 ? -1 : (short[single] ?? -1);
    if (known >= 0) {
      codes[row] = known;
      continue;
    }
    const slot = slotOf(row);
    let code = table[slot] ?? -1;
    if (code < 0) {
      code = firsts.length;
      if (code >= most) return undefined;
      firsts.push(row);
      table[slot] = code;
      if (firsts.length * 2 > size) rehash();
    }
    if (single >= 0) short[single] = code;
    codes[row] = code;
  }
  return { codes, names: firsts.map((row) => reader.text(cells, row)) };
}
