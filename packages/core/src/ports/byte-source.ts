/** Bytes with a name, a size and random access: a file, a blob or a buffer. `name` is what messages call it. */
export interface ByteSource {
  name: string;
  size: number;
  /** Bytes from `start` up to but without `end`. */
  slice(start: number, end: number): Promise<Uint8Array>;
  /** All bytes from `start` (0 when not given) to the end, or up to but without `end`. A chunk is the reader's only until it asks for the next. */
  stream(start?: number, end?: number): AsyncIterable<Uint8Array>;
}
