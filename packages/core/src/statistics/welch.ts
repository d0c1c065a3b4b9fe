/** A part of a variance with its degrees of freedom; `Infinity` when it is known. */
export interface VariancePart {
  variance: number;
  df: number;
}

/** The degrees of freedom of a sum of independent variances: Welch (1947), Satterthwaite (1946); `Infinity` when nothing varies. */
export function satterthwaite(parts: readonly VariancePart[]): number {
  let total = 0;
  for (const { variance } of parts) total += variance;
  let divisor = 0;
  // Shares of the total, since squares of tiny variances would vanish.
  for (const { variance, df } of parts) if (total > 0) divisor += (variance / total) ** 2 / df;
  return divisor === 0 ? Number.POSITIVE_INFINITY : 1 / divisor;
}
