import type { Draws } from "../../packages/core/src/statistics/draws/philox.ts";

/** Standard normal numbers from uniform ones, two at a time (Box and Muller 1958). */
export function normalDraws(draws: Draws): () => number {
  let next: number | undefined;
  return () => {
    if (next !== undefined) {
      const kept = next;
      next = undefined;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(draws.next()));
    const angle = 2 * Math.PI * draws.next();
    next = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
