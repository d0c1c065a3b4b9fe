/** The array, or a longer copy of it that holds at least `length` items. Memory beyond what is written costs nothing. */
export function grown<T extends Float64Array | Int32Array | Uint32Array | Uint8Array>(
  array: T,
  length: number,
  make: (length: number) => T,
): T {
  if (length <= array.length) return array;
  const longer = make(Math.max(length, Math.ceil(array.length * 1.5), 16));
  longer.set(array);
  return longer;
}
