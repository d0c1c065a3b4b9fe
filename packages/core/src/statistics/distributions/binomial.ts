import { betaKernel, incompleteBeta } from "../incomplete-beta.ts";

/** P(K = k) of `n` trials of probability `p`, 0 <= k <= n. Equals `scipy.stats.binom.pmf`. */
export function binomialPmf(k: number, n: number, p: number): number {
  if (p <= 0) return k === 0 ? 1 : 0;
  if (p >= 1) return k === n ? 1 : 0;
  return betaKernel(p, 1 - p, k + 1, n - k + 1) / ((n + 1) * p * (1 - p));
}

/** P(K <= k) of `n` trials of probability `p`. Equals `scipy.stats.binom.cdf`. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return incompleteBeta(1 - p, p, n - k, k + 1);
}

/** P(K > k) of `n` trials of probability `p`, accurate where it is small. Equals `scipy.stats.binom.sf`. */
export function binomialSf(k: number, n: number, p: number): number {
  if (k < 0) return 1;
  if (k >= n) return 0;
  return incompleteBeta(p, 1 - p, k + 1, n - k);
}

/** So little short of q counts as q: P(K <= k) of a fair coin is one half in exact numbers only. */
const ROUNDING = 1e-13;

/** The smallest k with P(K <= k) >= q, for 0 < q <= 1. Equals `scipy.stats.binom.ppf`. */
export function binomialQuantile(q: number, n: number, p: number): number {
  let [low, high] = [-1, n];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (binomialCdf(middle, n, p) >= q * (1 - ROUNDING)) high = middle;
    else low = middle;
  }
  return high;
}
