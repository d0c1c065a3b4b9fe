import type { Draws } from "./philox.ts";

/** ln k! less Stirling's formula, for k >= 0: ln k! = ½ ln 2π + (k + ½) ln(k + 1) − (k + 1) + rest. */
function stirlingRest(k: number): number {
  if (k < 10) return SMALL_RESTS[k] ?? 0;
  const square = (k + 1) * (k + 1);
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1);
}

/** The same for 0 to 9, from the exact factorials. */
const SMALL_RESTS = Array.from({ length: 10 }, (_, k) => {
  let factorial = 1;
  for (let i = 2; i <= k; i++) factorial *= i;
  return Math.log(factorial) - (Math.log(2 * Math.PI) / 2 + (k + 0.5) * Math.log(k + 1) - (k + 1));
});

/** Below this n·p adding up the probabilities is faster than rejection. */
export const MOST_BY_INVERSION = 10;

/** A draw by adding up the probabilities of 0, 1, …, for n·p < 10 and p <= ½; `logFailure` is ln(1 − p). */
export function inversion(draws: Draws, n: number, p: number, logFailure: number): number {
  const odds = p / (1 - p);
  const factor = (n + 1) * odds;
  let probability = Math.exp(n * logFailure);
  let rest = draws.next();
  let k = 0;
  while (rest > probability && k < n) {
    rest -= probability;
    k++;
    probability *= factor / k - odds;
  }
  return k;
}

/** Transformed rejection with a squeeze: algorithm BTRS of Hörmann (1993), for n·p >= 10. */
function transformedRejection(draws: Draws, n: number, p: number): number {
  const sd = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * sd;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = n * p + 0.5;
  const accepted = 0.92 - 4.2 / b;
  for (;;) {
    const u = draws.next() - 0.5;
    const v = draws.next();
    const distance = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / distance + b) * u + c);
    if (distance >= 0.07 && v <= accepted) return k;
    if (k < 0 || k > n) continue;
    const odds = p / (1 - p);
    const alpha = (2.83 + 5.1 / b) * sd;
    const mode = Math.floor((n + 1) * p);
    const bound =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1))) +
      (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) +
      (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
      stirlingRest(mode) +
      stirlingRest(n - mode) -
      stirlingRest(k) -
      stirlingRest(n - k);
    if (Math.log((v * alpha) / (a / (distance * distance) + b)) <= bound) return k;
  }
}

/** A draw of the number of successes in `n` trials of probability `p` (0 to 1). */
export function binomialDraw(draws: Draws, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - binomialDraw(draws, n, 1 - p);
  return n * p < MOST_BY_INVERSION ? inversion(draws, n, p, Math.log1p(-p)) : transformedRejection(draws, n, p);
}
