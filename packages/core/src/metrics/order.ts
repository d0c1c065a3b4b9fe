const DIGITS = 2048;
const known = new WeakMap<Float64Array, Uint32Array>();

/**
 * The indices of `values` (finite) from largest to smallest; equal values keep their order, and −0 equals 0.
 * A radix sort of the order-preserving 64-bit keys, so the result is the same everywhere. Remembered per array.
 */
export function descending(values: Float64Array): Uint32Array {
  const before = known.get(values);
  if (before !== undefined) return before;
  const order = sorted(values);
  known.set(values, order);
  return order;
}

function sorted(values: Float64Array): Uint32Array {
  const n = values.length;
  const bits = new BigUint64Array(1);
  const double = new Float64Array(bits.buffer);
  const words = new Uint32Array(bits.buffer);
  bits[0] = 1n;
  const lowWord = words[0] === 1 ? 0 : 1;
  let low = new Uint32Array(n);
  let high = new Uint32Array(n);
  let index = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    double[0] = (values[i] ?? 0) + 0;
    const top = words[1 - lowWord] ?? 0;
    const flip = top >>> 31 === 1 ? 0 : 0xffffffff;
    // Complemented, so that ascending keys are descending values.
    high[i] = flip === 0 ? top : top ^ 0x7fffffff;
    low[i] = (words[lowWord] ?? 0) ^ flip;
    index[i] = i;
  }
  let [nextLow, nextHigh, nextIndex] = [new Uint32Array(n), new Uint32Array(n), new Uint32Array(n)];
  for (let shift = 0; shift < 64; shift += 11) {
    const digit = (i: number) => digitOf(low[i] ?? 0, high[i] ?? 0, shift);
    const starts = new Uint32Array(DIGITS + 1);
    for (let i = 0; i < n; i++) {
      const d = digit(i) + 1;
      starts[d] = (starts[d] ?? 0) + 1;
    }
    if (n === 0 || starts[digit(0) + 1] === n) continue;
    for (let d = 0; d < DIGITS; d++) starts[d + 1] = (starts[d + 1] ?? 0) + (starts[d] ?? 0);
    for (let i = 0; i < n; i++) {
      const d = digit(i);
      const to = starts[d] ?? 0;
      starts[d] = to + 1;
      nextLow[to] = low[i] ?? 0;
      nextHigh[to] = high[i] ?? 0;
      nextIndex[to] = index[i] ?? 0;
    }
    [low, nextLow] = [nextLow, low];
    [high, nextHigh] = [nextHigh, high];
    [index, nextIndex] = [nextIndex, index];
  }
  return index;
}

/** Eleven bits of the 64-bit key from `shift` up. */
function digitOf(low: number, high: number, shift: number): number {
  if (shift >= 32) return (high >>> (shift - 32)) & (DIGITS - 1);
  if (shift + 11 <= 32) return (low >>> shift) & (DIGITS - 1);
  return ((low >>> shift) | (high << (32 - shift))) & (DIGITS - 1);
}
