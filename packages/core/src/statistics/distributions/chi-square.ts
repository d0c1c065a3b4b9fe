import { normalQuantile } from "../normal.ts";
import { gammaKernel, incompleteGamma, incompleteGammaUpper } from "./gamma.ts";
import { risingRoot } from "./rising-root.ts";

/** P(X <= x) of chi-square with `df` > 0. Equals `scipy.stats.chi2.cdf`. */
export function chiSquareCdf(x: number, df: number): number {
  return incompleteGamma(df / 2, x / 2);
}

/** P(X > x) of chi-square with `df` > 0, accurate where it is small. Equals `scipy.stats.chi2.sf`. */
export function chiSquareSf(x: number, df: number): number {
  return incompleteGammaUpper(df / 2, x / 2);
}

/**
 * The x with P(X <= x) = p of chi-square, for 0 <= p <= 1. Equals `scipy.stats.chi2.ppf`.
 * Newton on the logarithm of the smaller tail, from Wilson and Hilferty's cube (1931).
 */
export function chiSquareQuantile(p: number, df: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  const spread = 2 / (9 * df);
  const start = Math.max(df * (1 - spread + normalQuantile(p) * Math.sqrt(spread)) ** 3, 1e-3 * df);
  const at = (log: number): [number, number] => {
    const x = Math.exp(log);
    const slope = gammaKernel(df / 2, x / 2);
    if (p <= 0.5) {
      const cdf = chiSquareCdf(x, df);
      return [Math.log(cdf / p), slope / cdf];
    }
    const sf = chiSquareSf(x, df);
    return [Math.log((1 - p) / sf), slope / sf];
  };
  return Math.exp(risingRoot(at, -745, Math.log(df + 2000 + 100 * Math.sqrt(df)), Math.log(start)));
}
