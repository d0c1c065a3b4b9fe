/** The upper half of the 128-bit product of two unsigned 64-bit integers. */
@inline
export function highProduct(a: u64, b: u64): u64 {
  const low = a & 0xffffffff;
  const high = a >> 32;
  const otherLow = b & 0xffffffff;
  const otherHigh = b >> 32;
  const first = high * otherLow + ((low * otherLow) >> 32);
  const second = low * otherHigh + (first & 0xffffffff);
  return high * otherHigh + (first >> 32) + (second >> 32);
}
