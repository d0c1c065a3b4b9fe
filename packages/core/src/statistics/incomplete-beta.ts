import { logMinus, stirlingRest } from "./distributions/stirling.ts";

/**
 * x^a · y^b / B(a, b) with y = 1 − x given apart, so that neither end loses digits.
 * Written around the mean a/(a + b), where the linear terms cancel exactly.
 */
export function betaKernel(x: number, y: number, a: number, b: number): number {
  const n = a + b;
  const distance = a > b ? b / n - y : x - a / n;
  const exponent = a * logMinus((x * n) / a, (distance * n) / a) + b * logMinus((y * n) / b, (-distance * n) / b);
  const rests = stirlingRest(n) - stirlingRest(a) - stirlingRest(b);
  return Math.sqrt((a * b) / (2 * Math.PI * n)) * Math.exp(exponent + rests);
}

/**
 * I_x(a, b) divided by its kernel: the even part of the continued fraction (DiDonato and Morris 1992, their equation 9),
 * evaluated from the front (modified Lentz). Only a·y − b·x is subtracted, which loses nothing where x is near 1.
 */
function fraction(x: number, y: number, a: number, b: number): number {
  const tiny = 1e-300;
  const lambda = a * y - b * x;
  const partial = (k: number) =>
    k + (k * (b - k) * x) / (a + 2 * k - 1) + ((a + k) * (lambda + 1 + k * (1 + y))) / (a + 2 * k + 1);
  let value = (a * (lambda + 1)) / (a + 1) || tiny;
  let c = value;
  let d = 0;
  for (let k = 1; k < 100_000; k++) {
    const odd = a + 2 * k - 1;
    const numerator = ((a + k - 1) / odd) * ((a + b + k - 1) / odd) * k * (b - k) * x * x;
    const denominator = partial(k);
    d = 1 / (denominator + numerator * d || tiny);
    c = denominator + numerator / c || tiny;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return 1 / value;
}

/**
 * The regularised incomplete beta function I_x(a, b), 0 to 1, for a, b > 0 and y = 1 − x.
 * Equals `scipy.special.betainc`.
 */
export function incompleteBeta(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  const kernel = betaKernel(x, y, a, b);
  if (x < (a + 1) / (a + b + 2)) return kernel * fraction(x, y, a, b);
  return 1 - kernel * fraction(y, x, b, a);
}
