import { erfc } from "./distributions/error-function.ts";

/** P(Z <= z) of the standard normal, 0 to 1, accurate in the lower tail too. Equals `scipy.stats.norm.cdf`. */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const tail = erfc(x) / 2;
  return z <= 0 ? tail : 1 - tail;
}

/** The density of the standard normal at `z`. */
export function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/**
 * The z with P(Z <= z) = p, for 0 <= p <= 1. Equals `scipy.stats.norm.ppf`.
 * Newton on log cdf, which is concave: from the left of the root it climbs without overshooting.
 * @throws RangeError when p is not a probability
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${p} is not a probability`);
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 0.5) return 0;
  let z = -Math.sqrt(-2 * Math.log(p));
  for (let step = 0; step < 60; step++) {
    const cdf = normalCdf(z);
    const move = (Math.log1p((cdf - p) / p) * cdf) / normalDensity(z);
    z -= move;
    if (Math.abs(move) <= 1e-15 * Math.abs(z)) break;
  }
  return z;
}
