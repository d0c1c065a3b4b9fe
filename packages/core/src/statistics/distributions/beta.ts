import { betaKernel, incompleteBeta } from "../incomplete-beta.ts";
import { risingRoot } from "./rising-root.ts";

/**
 * The x with I_x(a, b) = p, for 0 <= p <= 1 and a, b >= ½. Equals `scipy.stats.beta.ppf`.
 * Newton on ln I over ln x, which is concave; from the other end when p is above ½.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  return p <= 0.5 ? lowerQuantile(p, a, b) : 1 - lowerQuantile(1 - p, b, a);
}

function lowerQuantile(p: number, a: number, b: number): number {
  const at = (log: number): [number, number] => {
    const x = Math.exp(log);
    const y = -Math.expm1(log);
    const share = incompleteBeta(x, y, a, b);
    if (share === 0) return [Number.NEGATIVE_INFINITY, 1];
    return [Math.log(share / p), betaKernel(x, y, a, b) / (y * share)];
  };
  return Math.exp(risingRoot(at, -745, 0, Math.log(a / (a + b))));
}
