import { betaKernel, incompleteBeta } from "./incomplete-beta.ts";
import { normalCdf, normalQuantile } from "./normal.ts";

/**
 * P(T <= t) of Student's t with `df` > 0 degrees of freedom; `Infinity` is the normal. Accurate in the lower tail.
 * Equals `scipy.stats.t.cdf`.
 */
export function studentCdf(t: number, df: number): number {
  if (df === Number.POSITIVE_INFINITY) return normalCdf(t);
  if (t > 0) return 1 - studentCdf(-t, df);
  if (t === Number.NEGATIVE_INFINITY) return 0;
  const square = t * t;
  return incompleteBeta(df / (df + square), square / (df + square), df / 2, 0.5) / 2;
}

/** The expansion of the t quantile in 1/df around the normal's (Cornish and Fisher 1938), exact enough from 100,000 on. */
function expansion(z: number, df: number): number {
  const s = z * z;
  const g1 = ((s + 1) * z) / 4;
  const g2 = ((5 * s * s + 16 * s + 3) * z) / 96;
  const g3 = ((3 * s * s * s + 19 * s * s + 17 * s - 15) * z) / 384;
  return z + (g1 + (g2 + g3 / df) / df) / df;
}

/**
 * The t with P(T <= t) = p, for 0 < p < 1 and df > 0; `Infinity` is the normal. Equals `scipy.stats.t.ppf`.
 * Newton on log cdf from the expansion, else inside a bracket that halves when a step leaves it.
 */
export function studentQuantile(p: number, df: number): number {
  if (p > 0.5) return -studentQuantile(1 - p, df);
  if (p === 0.5) return 0;
  const z = normalQuantile(p);
  if (df === Number.POSITIVE_INFINITY || z === Number.NEGATIVE_INFINITY) return z;
  if (df >= 100_000 && z > -8) return expansion(z, df);
  return newton(p, df, df >= 3 ? expansion(z, df) : 2 * z) ?? bracketed(p, df, z);
}

/** The step of Newton on log cdf at t < 0. */
function stepAt(t: number, p: number, df: number, cdf: number): number {
  const square = t * t;
  const density = betaKernel(df / (df + square), square / (df + square), df / 2, 0.5) / -t;
  return (Math.log1p((cdf - p) / p) * cdf) / density;
}

/** A few steps from a good guess; undefined when they do not settle. */
function newton(p: number, df: number, start: number): number | undefined {
  let t = start;
  for (let step = 0; step < 10; step++) {
    const next = t - stepAt(t, p, df, studentCdf(t, df));
    if (!(next < 0)) return undefined;
    // The error after a step is about the square of the step.
    if (Math.abs(next - t) <= 1e-10 * Math.abs(t)) return next;
    t = next;
  }
  return undefined;
}

/** The same inside a bracket that halves when a step leaves it. */
function bracketed(p: number, df: number, z: number): number {
  let high = z;
  let low = 2 * z;
  while (studentCdf(low, df) > p) {
    high = low;
    low *= 2;
  }
  let t = (low + high) / 2;
  for (let step = 0; step < 200; step++) {
    const cdf = studentCdf(t, df);
    if (cdf > p) high = t;
    else low = t;
    let next = t - stepAt(t, p, df, cdf);
    if (!(next >= low && next <= high)) next = (low + high) / 2;
    if (Math.abs(next - t) <= 1e-15 * Math.abs(t)) return next;
    t = next;
  }
  return t;
}
