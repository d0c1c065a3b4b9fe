/** Kish's effective sample size (Σw)² / Σw² (1965), over the values of `weights`; 0 when all are 0. */
export function effectiveRows(weights: Float64Array): number {
  let total = 0;
  let squares = 0;
  for (const w of weights) {
    total += w;
    squares += w * w;
  }
  return squares === 0 ? 0 : (total * total) / squares;
}
