/** Bytes with a name, a size and random access: a file, a blob or a buffer. `name` is what messages call it. */
export interface ByteSource {
  name: string;
  size: number;
  /** Bytes from `start` up to but without `end`. */
  slice(start: number, end: number): Promise<Uint8Array>;
  /** All bytes from the start. A chunk is the reader's only until it asks for the next. */
  stream(): AsyncIterable<Uint8Array>;
}
