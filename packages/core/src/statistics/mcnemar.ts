import { binomialCdf, binomialPmf } from "./distributions/binomial.ts";

/**
 * McNemar's two-sided test that two paired shares are equal, from the rows only one side got right (whole numbers).
 * `exact` is the binomial's p, equal to `statsmodels.stats.contingency_tables.mcnemar(exact=True)`; `mid` takes off half of what was
 * observed on either side (Fagerland, Lydersen and Laake 2013). Both are 1 when no row differs.
 */
export function mcnemar(gained: number, lost: number): { exact: number; mid: number } {
  const n = gained + lost;
  if (n === 0) return { exact: 1, mid: 1 };
  const fewer = Math.min(gained, lost);
  const observed = binomialPmf(fewer, n, 0.5);
  if (gained === lost) return { exact: 1, mid: 1 - observed / 2 };
  const exact = Math.min(1, 2 * binomialCdf(fewer, n, 0.5));
  return { exact, mid: exact - observed };
}
