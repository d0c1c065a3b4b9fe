/** Uniform draws of one stream. The draws of a replicate depend on its index alone, so any split of the replicates gives the same numbers. */
export interface Draws {
  /** Goes to the first draw of this replicate (0 to 2³² − 1). */
  restart(replicate: number): void;
  /** The next draw of the replicate, in (0, 1), a multiple of 2⁻³³. */
  next(): number;
}

/**
 * Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011): ten rounds over the four 32-bit words of `counter` under the two words of the key,
 * written to `out`. Equals Random123's.
 */
export function philox(counter: Uint32Array, key0: number, key1: number, out: Uint32Array): void {
  let c0 = (counter[0] ?? 0) | 0;
  let c1 = (counter[1] ?? 0) | 0;
  let c2 = (counter[2] ?? 0) | 0;
  let c3 = (counter[3] ?? 0) | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < 10; round++) {
    // The high words of 0xd2511f53 · c0 and 0xcd9e8d57 · c2, by halves of 16 bits.
    let low = c0 & 0xffff;
    let high = c0 >>> 16;
    let middle = (Math.imul(0xd251, low) + (Math.imul(0x1f53, low) >>> 16)) | 0;
    let other = (Math.imul(0x1f53, high) + (middle & 0xffff)) | 0;
    const high0 = (Math.imul(0xd251, high) + (middle >>> 16) + (other >>> 16)) | 0;
    const low0 = Math.imul(0xd2511f53, c0);
    low = c2 & 0xffff;
    high = c2 >>> 16;
    middle = (Math.imul(0xcd9e, low) + (Math.imul(0x8d57, low) >>> 16)) | 0;
    other = (Math.imul(0x8d57, high) + (middle & 0xffff)) | 0;
    const high1 = (Math.imul(0xcd9e, high) + (middle >>> 16) + (other >>> 16)) | 0;
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** The draws of a stream: key (seed, stream), counter (block, 0, replicate, stream). */
export function philoxDraws(seed: number, stream: number): Draws {
  const counter = new Uint32Array(4);
  const words = new Uint32Array(4);
  let used = 4;
  return {
    restart(replicate) {
      counter[0] = 0;
      counter[2] = replicate;
      counter[3] = stream;
      used = 4;
    },
    next() {
      if (used === 4) {
        philox(counter, seed, stream, words);
        counter[0] = (counter[0] ?? 0) + 1;
        used = 0;
      }
      return ((words[used++] ?? 0) + 0.5) / 4294967296;
    },
  };
}
