/** Copies bytes, and up to 15 more behind them. */
@inline
export function copy(to: usize, from: usize, size: usize): void {
  for (let at: usize = 0; at < size; at += 16) v128.store(to + at, v128.load(from + at));
}
