/** Places in a kernel's memory, one behind the other, each beginning where a vector may. */
export interface MemoryPlaces {
  /** The offset of a new place of so many bytes. */
  take(bytes: number): number;
  /** Bytes of all places. */
  size(): number;
}

/** No places yet. */
export function memoryPlaces(): MemoryPlaces {
  let size = 0;
  return {
    take(bytes) {
      const at = Math.ceil(size / 16) * 16;
      size = at + bytes;
      return at;
    },
    size: () => size,
  };
}
