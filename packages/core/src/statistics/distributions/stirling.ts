/** The remainder of Stirling's formula: ln Γ(a) − ((a − ½) ln a − a + ½ ln 2π), for a > 0. */
export function stirlingRest(a: number): number {
  let shift = 0;
  let x = a;
  for (; x < 12; x++) shift += (x + 0.5) * Math.log1p(1 / x) - 1;
  const r = 1 / (x * x);
  const series =
    1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - r * (691 / 360360 - r * (1 / 156))))));
  return shift + series / x;
}

/** ln(ratio) − u for ratio = 1 + u, without cancellation near 1 and without loss near 0. */
export function logMinus(ratio: number, u: number): number {
  if (Math.abs(u) > 0.3) return Math.log(ratio) - u;
  let power = -u;
  let total = 0;
  for (let k = 2; k < 60; k++) {
    power *= -u;
    const term = -power / k;
    total += term;
    if (Math.abs(term) <= 1e-18 * Math.abs(total)) break;
  }
  return total;
}
