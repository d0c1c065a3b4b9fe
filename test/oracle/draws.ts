/** A stream of numbers in [0, 1) from a seed (the xorshift32 of Marsaglia 2003), the same everywhere. */
export function draws(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
