import type { Cells } from "./scan-csv.ts";

/** Groups of rows this small are sorted by comparing. */
const small = 24;

/**
 * The rows of a column in the order of their bytes, which is code point order in UTF-8; equal cells stay in row order.
 * @source most-significant-digit radix sort; McIlroy, Bostic and McIlroy, 1993
 */
export function sortCells(bytes: Uint8Array, cells: Cells, count: number): Int32Array {
  const { starts, ends } = cells;
  const order = new Int32Array(count);
  for (let row = 0; row < count; row++) order[row] = row;
  const compare = (a: number, b: number): number => {
    const left = starts[a] ?? 0;
    const right = starts[b] ?? 0;
    const leftLength = (ends[a] ?? 0) - left;
    const rightLength = (ends[b] ?? 0) - right;
    const length = Math.min(leftLength, rightLength);
    for (let i = 0; i < length; i++) {
      const difference = (bytes[left + i] ?? 0) - (bytes[right + i] ?? 0);
      if (difference !== 0) return difference;
    }
    return leftLength - rightLength;
  };
  if (isSorted(order, compare)) return order;

  const other = new Int32Array(count);
  const keys = new Uint16Array(count);
  const tally = new Int32Array(258);
  const work: number[] = [0, count, 0];
  while (work.length > 0) {
    const depth = work.pop() ?? 0;
    const high = work.pop() ?? 0;
    const low = work.pop() ?? 0;
    if (high - low <= small) {
      insertionSort(order, low, high, compare);
      continue;
    }
    tally.fill(0);
    for (let i = low; i < high; i++) {
      const row = order[i] ?? 0;
      const at = (starts[row] ?? 0) + depth;
      const key = at < (ends[row] ?? 0) ? (bytes[at] ?? 0) + 1 : 0;
      keys[i] = key;
      tally[key + 1] = (tally[key + 1] ?? 0) + 1;
    }
    const first = keys[low] ?? 0;
    if (tally[first + 1] === high - low) {
      if (first > 0) work.push(low, high, depth + 1);
      continue;
    }
    for (let key = 0; key < 257; key++) tally[key + 1] = (tally[key + 1] ?? 0) + (tally[key] ?? 0);
    for (let key = 1; key < 257; key++) {
      const from = tally[key] ?? 0;
      const to = tally[key + 1] ?? 0;
      if (to - from > 1) work.push(low + from, low + to, depth + 1);
    }
    for (let i = low; i < high; i++) {
      const key = keys[i] ?? 0;
      const place = tally[key] ?? 0;
      tally[key] = place + 1;
      other[low + place] = order[i] ?? 0;
    }
    order.set(other.subarray(low, high), low);
  }
  return order;
}

function isSorted(order: Int32Array, compare: (a: number, b: number) => number): boolean {
  for (let i = 1; i < order.length; i++) if (compare(order[i - 1] ?? 0, order[i] ?? 0) > 0) return false;
  return true;
}

function insertionSort(order: Int32Array, low: number, high: number, compare: (a: number, b: number) => number): void {
  for (let i = low + 1; i < high; i++) {
    const row = order[i] ?? 0;
    let j = i - 1;
    while (j >= low && compare(order[j] ?? 0, row) > 0) {
      order[j + 1] = order[j] ?? 0;
      j--;
    }
    order[j + 1] = row;
  }
}
