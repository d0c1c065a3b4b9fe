/**
 * Benjamini and Hochberg's step-up adjusted p-values (1995), in the order of the input, each 0 to 1.
 * Equals `statsmodels.stats.multitest.multipletests(method="fdr_bh")`.
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const order = p.map((value, index) => ({ value, index })).sort((a, b) => b.value - a.value || b.index - a.index);
  const adjusted = new Array<number>(p.length).fill(1);
  let smallest = 1;
  order.forEach(({ value, index }, above) => {
    smallest = Math.min(smallest, (value * p.length) / (p.length - above));
    adjusted[index] = smallest;
  });
  return adjusted;
}
