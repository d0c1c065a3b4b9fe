import { logMinus, stirlingRest } from "./stirling.ts";

/** ln Γ(x) for x > 0. Equals `scipy.special.gammaln`. */
export function logGamma(x: number): number {
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + stirlingRest(x);
}

/** x^a · e^−x / Γ(a), written around the mean a, where the linear terms cancel. */
export function gammaKernel(a: number, x: number): number {
  return Math.sqrt(a / (2 * Math.PI)) * Math.exp(a * logMinus(x / a, (x - a) / a) - stirlingRest(a));
}

/** P(a, x) divided by its kernel: the series of all-positive terms. */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let total = term;
  for (let k = 1; k < 1_000_000; k++) {
    term *= x / (a + k);
    total += term;
    if (term < total * 1e-17) break;
  }
  return total;
}

/** Q(a, x) divided by its kernel: Legendre's continued fraction, from the front (modified Lentz). */
function upperFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / (b || tiny);
  let value = d;
  for (let k = 1; k < 1_000_000; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / (numerator * d + b || tiny);
    c = b + numerator / c || tiny;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}

/** The regularised lower incomplete gamma function P(a, x), 0 to 1, for a >= 0.01. Equals `scipy.special.gammainc`. */
export function incompleteGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  return x < a + 1 ? gammaKernel(a, x) * lowerSeries(a, x) : 1 - gammaKernel(a, x) * upperFraction(a, x);
}

/** The upper part Q(a, x) = 1 − P(a, x), accurate where it is small. Equals `scipy.special.gammaincc`. */
export function incompleteGammaUpper(a: number, x: number): number {
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return x < a + 1 ? 1 - gammaKernel(a, x) * lowerSeries(a, x) : gammaKernel(a, x) * upperFraction(a, x);
}
