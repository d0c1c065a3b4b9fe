/** Whole numbers below a bound, the same ones for the same seed. @source Steele, Lea and Flood 2014 (SplitMix), its 32-bit form */
export type Random = (below: number) => number;

/** A source of such numbers. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
}

/** One of a list that is not empty. */
export function oneOf<T>(list: readonly T[], random: Random): T {
  const found = list[random(list.length)];
  if (found === undefined) throw new Error("nothing to choose from");
  return found;
}
