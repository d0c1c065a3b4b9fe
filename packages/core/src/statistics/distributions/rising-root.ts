/**
 * Where a rising function is 0 between two points, by Newton's steps that stay within a bracket and halve it when they leave it.
 * `at` gives the value and the slope.
 */
export function risingRoot(at: (x: number) => [number, number], low: number, high: number, start: number): number {
  let [below, above] = [low, high];
  let x = start;
  for (let step = 0; step < 200; step++) {
    const [value, slope] = at(x);
    if (value === 0) return x;
    if (value > 0) above = x;
    else below = x;
    let next = x - value / slope;
    if (!(next > below && next < above)) next = (below + above) / 2;
    if (Math.abs(next - x) <= 2e-16 * Math.abs(x) || next === below || next === above) return next;
    x = next;
  }
  return x;
}
