/** The offset of a byte, or -1. A buffer's search is many times as fast as that of an array of bytes. */
export function indexOfByte(bytes: Uint8Array, byte: number, from: number): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(byte, from);
}
