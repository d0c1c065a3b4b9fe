/** The bytes of texts one after another, in UTF-8. @throws RangeError on a lone surrogate, which has no bytes */
export function utf8Bytes(text: string): Uint8Array {
  if (!text.isWellFormed()) throw new RangeError("UTF-8 has no lone surrogates");
  const bytes = new Uint8Array(text.length * 3);
  let size = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) ?? 0;
    if (code < 0x80) bytes[size++] = code;
    else {
      const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
      bytes[size++] = ((0xf00 >> (more + 1)) & 0xff) | (code >> (6 * more));
      for (let k = more - 1; k >= 0; k--) bytes[size++] = 0x80 | ((code >> (6 * k)) & 0x3f);
      if (more === 3) i++;
    }
  }
  return bytes.subarray(0, size);
}

/** The text of valid UTF-8 bytes from `start` up to but without `end`. */
export function utf8Text(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; ) {
    const first = bytes[at++] ?? 0;
    if (first < 0x80) {
      text += String.fromCharCode(first);
      continue;
    }
    const more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let code = first & (0x3f >> more);
    for (let k = 0; k < more; k++) code = (code << 6) | ((bytes[at++] ?? 0) & 0x3f);
    text += String.fromCodePoint(code);
  }
  return text;
}
