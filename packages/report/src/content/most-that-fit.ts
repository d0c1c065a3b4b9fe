/**
 * The greatest count from `least` to `most` of which `fits` is true: doubled until it does not fit, then bisected, since more entries take more
 * room and a rendering of all may be far too large. `least` is taken to fit, and is the answer where `most` is smaller.
 */
export function mostThatFit(least: number, most: number, fits: (entries: number) => boolean): number {
  let low = least;
  let high = most;
  while (low < high) {
    const next = Math.min(high, high === most ? Math.max(1, 2 * low) : Math.ceil((low + high) / 2));
    if (fits(next)) low = next;
    else high = next - 1;
  }
  return low;
}
