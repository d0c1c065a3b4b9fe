/**
 * The `share` quantile (0 to 1) of ascending values, interpolated between neighbours: type 7 of Hyndman and Fan (1996).
 * Equals numpy's `quantile(method="linear")`; NaN without values.
 */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const place = (ascending.length - 1) * share;
  const below = Math.floor(place);
  const low = ascending[below] ?? Number.NaN;
  return low + (place - below) * ((ascending[below + 1] ?? low) - low);
}

/** The two quantiles that hold the middle `level` of ascending values; those of the negated values are exactly the mirrored two. */
export function middle(ascending: Float64Array, level: number): { low: number; high: number } {
  const last = ascending.length - 1;
  const place = (last * (1 - level)) / 2;
  const below = Math.floor(place);
  const between = (from: number, to: number) => {
    const start = ascending[from] ?? Number.NaN;
    return start + (place - below) * ((ascending[to] ?? start) - start);
  };
  return { low: between(below, below + 1), high: between(last - below, last - below - 1) };
}
