/** Writes the offset of each delimiter and newline, four bytes each, and tells where the next would go. Up to seven more are written behind them. */
export function findEnds(ends: usize, from: usize, to: usize, delimiter: u32): usize {
  const delimiters = v128.splat<u8>(<u8>delimiter);
  const newlines = v128.splat<u8>(10);
  let found = ends;
  for (let at = from; at < to; at += 64) {
    let bits: u64 = 0;
    for (let part: usize = 0; part < 64; part += 16) {
      const bytes = v128.load(at + part);
      const here = i8x16.bitmask(v128.or(v128.eq<u8>(bytes, delimiters), v128.eq<u8>(bytes, newlines)));
      bits |= <u64>(<u32>here) << part;
    }
    if (to - at < 64) bits &= ((<u64>1 << (to - at)) - 1);
    const count = <usize>popcnt(bits);
    // Eight at once, since how many there are is anybody's guess.
    let next = found;
    do {
      for (let i: usize = 0; i < 32; i += 4) {
        store<u32>(next + i, <u32>(at + <usize>ctz(bits)));
        bits &= bits - 1;
      }
      next += 32;
    } while (bits !== 0);
    found += count << 2;
  }
  return found;
}
