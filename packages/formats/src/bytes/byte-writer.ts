/** Bytes that grow. `at` is where the next one goes; make room first, then write into `bytes`. */
export interface ByteWriter {
  bytes: Uint8Array;
  at: number;
  /** Takes what was written when the bytes are full, so that they need not grow; they are written over after it returns. */
  full?: (bytes: Uint8Array) => void;
}

/** An empty writer. @param size bytes expected, about */
export function byteWriter(size: number): ByteWriter {
  return { bytes: new Uint8Array(Math.max(size, 64)), at: 0 };
}

/** A writer that hands its bytes on in parts. Call `handOn` at the end. */
export function passingWriter(full: (bytes: Uint8Array) => void): ByteWriter {
  return { ...byteWriter(1 << 18), full };
}

/** Hands on what is left. */
export function handOn(writer: ByteWriter): void {
  if (writer.full === undefined) return;
  if (writer.at > 0) writer.full(written(writer));
  writer.at = 0;
}

/** Makes room for that many more bytes. */
export function makeRoom(writer: ByteWriter, more: number): void {
  if (writer.at + more <= writer.bytes.length) return;
  handOn(writer);
  if (writer.at + more <= writer.bytes.length) return;
  const larger = new Uint8Array(Math.max(writer.at + more, Math.ceil(writer.bytes.length * 1.5)));
  larger.set(writer.bytes.subarray(0, writer.at));
  writer.bytes = larger;
}

/** Writes a text in UTF-8. */
export function writeText(writer: ByteWriter, text: string): void {
  writeBytes(writer, Buffer.from(text, "utf8"), 0);
}

/** Writes the bytes from `start` up to but without `end`. */
export function writeBytes(writer: ByteWriter, bytes: Uint8Array, start: number, end = bytes.length): void {
  makeRoom(writer, end - start);
  const { bytes: to } = writer;
  let { at } = writer;
  for (let from = start; from < end; from++) to[at++] = bytes[from] ?? 0;
  writer.at = at;
}

/** What was written. */
export function written(writer: ByteWriter): Uint8Array {
  return writer.bytes.subarray(0, writer.at);
}
