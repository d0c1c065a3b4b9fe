const SQRT_PI = Math.sqrt(Math.PI);

/** The series of all-positive terms, for 0 <= x < 2. */
function series(x: number): number {
  let term = 2 * x;
  let total = term;
  for (let k = 1; term > total * 1e-17; k++) {
    term *= (2 * x * x) / (2 * k + 1);
    total += term;
  }
  return (Math.exp(-x * x) / SQRT_PI) * total;
}

/** The complement by the continued fraction of Laplace, for x >= 2. */
function fraction(x: number): number {
  let tail = x;
  for (let k = 120; k >= 1; k--) tail = x + k / 2 / tail;
  return Math.exp(-x * x) / SQRT_PI / tail;
}

/** The error function, −1 to 1. Equals `scipy.special.erf`. */
export function erf(x: number): number {
  if (x < 0) return -erf(-x);
  return x < 2 ? series(x) : 1 - fraction(x);
}

/** The complement 1 − erf(x), 0 to 2, accurate where it is small. Equals `scipy.special.erfc`. */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  return x < 2 ? 1 - series(x) : fraction(x);
}
