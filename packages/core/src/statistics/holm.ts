/**
 * Holm's step-down adjusted p-values (Holm 1979), in the order of the input, each 0 to 1.
 * Equals `statsmodels.stats.multitest.multipletests(method="holm")`.
 */
export function holm(p: readonly number[]): number[] {
  const order = p.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value || a.index - b.index);
  const adjusted = new Array<number>(p.length).fill(1);
  let largest = 0;
  order.forEach(({ value, index }, rank) => {
    largest = Math.max(largest, Math.min(1, value * (p.length - rank)));
    adjusted[index] = largest;
  });
  return adjusted;
}
