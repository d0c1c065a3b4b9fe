/** The bytes of a quoted cell with each doubled quote made one. */
export function unquoted(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const text = new Uint8Array(end - start);
  let size = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    text[size++] = byte;
    if (byte === 34) at++;
  }
  return text.subarray(0, size);
}
