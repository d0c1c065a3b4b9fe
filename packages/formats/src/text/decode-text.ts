import { isUtf8 } from "node:buffer";
import { UserError } from "@metricgate/core/errors/user-error";
import { indexOfByte } from "../bytes/index-of-byte.ts";

const saveAsUtf8 = "Save the file as UTF-8 text and run this again.";

/**
 * Refuses bytes that are not UTF-8 text: UTF-16, invalid UTF-8, NUL.
 * @param linesBefore lines of the file that stand before these bytes
 * @returns the offset of the first byte after a byte order mark, 0 or 3
 * @throws UserError `not-utf8` or `nul-byte`
 */
export function checkText(bytes: Uint8Array, name: string, linesBefore = 0): number {
  const [first, second, third] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new UserError("not-utf8", `${name} is UTF-16, and only UTF-8 is read.`, saveAsUtf8, { file: name, line: 1 });
  }
  const nul = indexOfByte(bytes, 0, 0);
  if (nul >= 0) {
    const text = `${name} holds a NUL byte, so it is not text.`;
    throw new UserError("nul-byte", text, saveAsUtf8, { file: name, line: linesBefore + lineOfByte(bytes, nul) });
  }
  if (!isUtf8(bytes)) {
    const line = linesBefore + lineOfByte(bytes, firstInvalid(bytes));
    throw new UserError("not-utf8", `${name} holds bytes that are not UTF-8.`, saveAsUtf8, { file: name, line });
  }
  return first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0;
}

/** The text of UTF-8 bytes, without a byte order mark. @throws UserError as `checkText` */
export function decodeText(bytes: Uint8Array, name: string): string {
  const start = checkText(bytes, name);
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start).toString("utf8");
}

/** The line, from 1, on which a byte stands. */
export function lineOfByte(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at >= 0 && at < offset; at = bytes.indexOf(10, at + 1)) line++;
  return line;
}

/** The start of the first line that is not UTF-8; a newline byte is never part of a longer character. */
function firstInvalid(bytes: Uint8Array): number {
  let line = 0;
  while (line < bytes.length) {
    const newline = bytes.indexOf(10, line);
    const end = newline < 0 ? bytes.length : newline;
    if (!isUtf8(bytes.subarray(line, end))) return line;
    line = end + 1;
  }
  return 0;
}
