/** Kish's effective sample size (Σw)² / Σw² (1965), over the values of `weights`; 0 when all are 0. */
export function effectiveRows(weights: Float64Array): number {
  let total = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i] ?? 0;
    total += w;
    squares += w * w;
  }
  return squares === 0 ? 0 : (total * total) / squares;
}
