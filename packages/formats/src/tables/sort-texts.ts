import { compareTexts, type TextCells } from "@metricgate/core/tables/text-cells";

/** Groups of rows this small are sorted by comparing. */
const small = 24;

/**
 * The rows of texts in code point order, equal texts in row order; undefined when each stands behind a smaller one already.
 * @source most-significant-digit radix sort; McIlroy, Bostic and McIlroy, 1993
 */
export function sortTexts(texts: TextCells): Int32Array | undefined {
  const { bytes, offsets, count } = texts;
  const compare = (a: number, b: number): number => compareTexts(texts, a, texts, b);
  let sorted = 1;
  while (sorted < count && compare(sorted - 1, sorted) < 0) sorted++;
  if (sorted >= count) return undefined;
  const order = new Int32Array(count);
  for (let row = 0; row < count; row++) order[row] = row;
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
      const at = (offsets[row] ?? 0) + depth;
      const key = at < (offsets[row + 1] ?? 0) ? (bytes[at] ?? 0) + 1 : 0;
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
