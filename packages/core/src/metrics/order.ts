/** Runs up to this length are sorted by insertion. */
const SMALL = 128;
/** The upper half of −0. */
const MINUS = -0x80000000;
const known = new WeakMap<Float64Array, Ranked>();

/** The indices of values in an order, and by place in it 1 where another value begins than stood before. */
export interface Ranked {
  rows: Uint32Array;
  begins: Uint8Array;
}

/** The indices of `values` as `ranked` gives them. */
export function descending(values: Float64Array): Uint32Array {
  return ranked(values).rows;
}

/**
 * The indices of `values` (finite) from largest to smallest; equal values keep their order, and −0 equals 0. Remembered per array.
 * A radix sort of order-preserving 64-bit keys, so the result is the same everywhere: by the upper half first, then by the lower
 * half among the few that share an upper one.
 * @source McIlroy, Bostic and McIlroy 1993 (radix sort by parts); IEEE 754 (doubles order as sign and magnitude)
 */
export function ranked(values: Float64Array): Ranked {
  const before = known.get(values);
  if (before !== undefined) return before;
  const { high, low } = keysOf(values);
  const byHigh = byWord(high, upTo(values.length));
  const found = { rows: byHigh.rows, begins: sortRuns(byHigh.rows, byHigh.keys, low) };
  known.set(values, found);
  return found;
}

function upTo(n: number): Uint32Array {
  const numbers = new Uint32Array(n);
  for (let i = 0; i < n; i++) numbers[i] = i;
  return numbers;
}

/** Keys that ascend as the values descend, in two halves. */
function keysOf(values: Float64Array): { high: Uint32Array; low: Uint32Array } {
  const n = values.length;
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * n);
  const top = new Uint8Array(Uint16Array.of(1).buffer)[0] ?? 0;
  const high = new Uint32Array(n);
  const low = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const rest = words[2 * i + 1 - top] ?? 0;
    const signed = words[2 * i + top] ?? 0;
    const word = signed === MINUS && rest === 0 ? 0 : signed;
    // A negative value's bits ascend as it descends; a positive one's are turned round.
    const turned = ~(word >> 31);
    high[i] = word ^ (turned & 0x7fffffff);
    low[i] = rest ^ turned;
  }
  return { high, low };
}

/** Sorts rows by 32-bit keys, stably: three passes of 11 bits that move keys and rows together. Both arrays are written over. */
function byWord(keys: Uint32Array, rows: Uint32Array): { keys: Uint32Array; rows: Uint32Array } {
  const n = rows.length;
  const counts = digitsOf(keys);
  let fromKeys = keys;
  let toKeys: Uint32Array = new Uint32Array(n);
  let from = rows;
  let to: Uint32Array = new Uint32Array(n);
  counts.forEach((places, pass) => {
    const shift = 11 * pass;
    if (places[((keys[0] ?? 0) >>> shift) & 2047] === n) return;
    let sum = 0;
    for (let d = 0; d < 2048; d++) {
      const count = places[d] ?? 0;
      places[d] = sum;
      sum += count;
    }
    scatter(fromKeys, from, toKeys, to, shift, places);
    [fromKeys, toKeys] = [toKeys, fromKeys];
    [from, to] = [to, from];
  });
  return { keys: fromKeys, rows: from };
}

/** How often each value of the lowest 11 bits occurs, of the next 11, and of the rest. */
function digitsOf(keys: Uint32Array): readonly Uint32Array[] {
  const lowest = new Uint32Array(2048);
  const middle = new Uint32Array(2048);
  const highest = new Uint32Array(2048);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? 0;
    const a = key & 2047;
    const b = (key >>> 11) & 2047;
    const c = key >>> 22;
    lowest[a] = (lowest[a] ?? 0) + 1;
    middle[b] = (middle[b] ?? 0) + 1;
    highest[c] = (highest[c] ?? 0) + 1;
  }
  return [lowest, middle, highest];
}

function scatter(
  keys: Uint32Array,
  rows: Uint32Array,
  toKeys: Uint32Array,
  to: Uint32Array,
  shift: number,
  places: Uint32Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    const key = keys[i] ?? 0;
    const d = (key >>> shift) & 2047;
    const place = places[d] ?? 0;
    places[d] = place + 1;
    toKeys[place] = key;
    to[place] = rows[i] ?? 0;
  }
}

/** Rows that share an upper half are sorted by the lower: few by insertion, many by their bits. Returns where another key begins. */
function sortRuns(order: Uint32Array, sortedHigh: Uint32Array, low: Uint32Array): Uint8Array {
  const n = order.length;
  const begins = new Uint8Array(n);
  for (let start = 0; start < n; ) {
    const key = sortedHigh[start];
    let end = start + 1;
    begins[start] = 1;
    if (end < n && sortedHigh[end] === key) {
      let before = low[order[start] ?? 0] ?? 0;
      let sorted = true;
      for (; end < n && sortedHigh[end] === key; end++) {
        const here = low[order[end] ?? 0] ?? 0;
        if (before > here) sorted = false;
        if (before !== here) begins[end] = 1;
        before = here;
      }
      if (!sorted) sortRun(order, start, end, low, begins);
    }
    start = end;
  }
  return begins;
}

function sortRun(order: Uint32Array, start: number, end: number, low: Uint32Array, begins: Uint8Array): void {
  if (end - start <= SMALL) insertionSort(order, start, end, low);
  else {
    const rows = order.slice(start, end);
    const keys = rows.map((row) => low[row] ?? 0);
    order.set(byWord(keys, rows).rows, start);
  }
  for (let i = start + 1; i < end; i++) begins[i] = low[order[i] ?? 0] === low[order[i - 1] ?? 0] ? 0 : 1;
}

function insertionSort(order: Uint32Array, start: number, end: number, keys: Uint32Array): void {
  for (let i = start + 1; i < end; i++) {
    const row = order[i] ?? 0;
    const key = keys[row] ?? 0;
    let j = i - 1;
    while (j >= start && (keys[order[j] ?? 0] ?? 0) > key) {
      order[j + 1] = order[j] ?? 0;
      j--;
    }
    order[j + 1] = row;
  }
}
