/** Runs up to this length are sorted by insertion. */
const SMALL = 128;
/** A pass of the sort looks at this many bits at the most. */
const MOST_BITS = 12;
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
  const { high, low, rows } = keysOf(values);
  const byHigh = byWord(high, rows);
  const found = { rows: byHigh.rows, begins: sortRuns(byHigh.rows, byHigh.keys, low) };
  known.set(values, found);
  return found;
}

/** Keys that ascend as the values descend, in two halves, and their rows. */
function keysOf(values: Float64Array): { high: Uint32Array; low: Uint32Array; rows: Uint32Array } {
  const n = values.length;
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * n);
  const top = new Uint8Array(Uint16Array.of(1).buffer)[0] ?? 0;
  const high = new Uint32Array(n);
  const low = new Uint32Array(n);
  const rows = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const rest = words[2 * i + 1 - top] ?? 0;
    const signed = words[2 * i + top] ?? 0;
    const word = signed === MINUS && rest === 0 ? 0 : signed;
    // A negative value's bits ascend as it descends; a positive one's are turned round.
    const turned = ~(word >> 31);
    high[i] = word ^ (turned & 0x7fffffff);
    low[i] = rest ^ turned;
    rows[i] = i;
  }
  return { high, low, rows };
}

/** Rows and their keys, in one order. */
interface Keyed {
  keys: Uint32Array;
  rows: Uint32Array;
}

/** Sorts rows by 32-bit keys, stably: passes over the bits in which the keys differ that move keys and rows together. Both arrays are written over. */
function byWord(keys: Uint32Array, rows: Uint32Array): Keyed {
  const bits = 32 - Math.clz32(bitsApart(keys));
  const width = Math.ceil(bits / Math.ceil(bits / MOST_BITS));
  let from: Keyed = { keys, rows };
  let to: Keyed = { keys: new Uint32Array(rows.length), rows: new Uint32Array(rows.length) };
  for (let shift = 0; shift < bits; shift += width) {
    const places = new Uint32Array(2 ** width);
    countDigits(from.keys, shift, places);
    let sum = 0;
    for (let d = 0; d < places.length; d++) {
      const count = places[d] ?? 0;
      places[d] = sum;
      sum += count;
    }
    scatter(from.keys, from.rows, to.keys, to.rows, shift, places);
    [from, to] = [to, from];
  }
  return from;
}

/** The bits in which some key differs from another. */
function bitsApart(keys: Uint32Array): number {
  const first = keys[0] ?? 0;
  let apart = 0;
  for (let i = 0; i < keys.length; i++) apart |= (keys[i] ?? 0) ^ first;
  return apart;
}

function countDigits(keys: Uint32Array, shift: number, counts: Uint32Array): void {
  const mask = counts.length - 1;
  for (let i = 0; i < keys.length; i++) {
    const d = ((keys[i] ?? 0) >>> shift) & mask;
    counts[d] = (counts[d] ?? 0) + 1;
  }
}

function scatter(
  keys: Uint32Array,
  rows: Uint32Array,
  toKeys: Uint32Array,
  toRows: Uint32Array,
  shift: number,
  places: Uint32Array,
): void {
  const mask = places.length - 1;
  for (let i = 0; i < rows.length; i++) {
    const key = keys[i] ?? 0;
    const d = (key >>> shift) & mask;
    const place = places[d] ?? 0;
    places[d] = place + 1;
    toKeys[place] = key;
    toRows[place] = rows[i] ?? 0;
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
