/*
 * JSON as bytes (RFC 8259). Each function takes the offset where something begins and returns the offset after it; where the bytes break a
 * rule, −1 − the offset of the byte that does. The bytes must end with a line feed, which no function passes.
 */

const quote = 34;
const backslash = 92;
/** Lists and mappings inside one another. */
const depthLimit = 64;

/** After spaces, tabs and carriage returns. */
export function afterSpace(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let byte = bytes[at]; byte === 32 || byte === 9 || byte === 13; byte = bytes[at]) at++;
  return at;
}

/** After a text, which begins with its quote. */
export function afterText(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== quote) return -1 - start;
  for (let at = start + 1; ; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) return at + 1;
    if (byte < 32) return -1 - at;
    if (byte !== backslash) continue;
    const after = afterEscape(bytes, at);
    if (after < 0) return after;
    at = after - 1;
  }
}

function afterEscape(bytes: Uint8Array, start: number): number {
  const kind = bytes[start + 1] ?? 0;
  if (kind !== 117) return '"\\/bfnrt'.includes(String.fromCharCode(kind)) ? start + 2 : -1 - start;
  for (let at = start + 2; at < start + 6; at++) if (hexDigit(bytes[at] ?? 0) < 0) return -1 - start;
  return start + 6;
}

/** The value of a hexadecimal digit, or −1. */
export function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** After a number, `true`, `false` or `null`, or one of the words NaN, Infinity and -Infinity, which Python writes. */
export function afterWord(bytes: Uint8Array, start: number): number {
  const first = bytes[start] ?? 0;
  let at = first === 45 ? start + 1 : start;
  const digit = bytes[at] ?? 0;
  if (digit < 48 || digit > 57) return afterName(bytes, start);
  at = digit === 48 ? at + 1 : afterDigits(bytes, at);
  if (bytes[at] === 46) {
    const fraction = afterDigits(bytes, at + 1);
    if (fraction === at + 1) return -1 - fraction;
    at = fraction;
  }
  if (((bytes[at] ?? 0) | 32) === 101) {
    const sign = bytes[at + 1] ?? 0;
    const from = sign === 43 || sign === 45 ? at + 2 : at + 1;
    at = afterDigits(bytes, from);
    if (at === from) return -1 - at;
  }
  return at;
}

function afterDigits(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let byte = bytes[at] ?? 0; byte >= 48 && byte <= 57; byte = bytes[at] ?? 0) at++;
  return at;
}

const names = ["true", "false", "null", "NaN", "Infinity", "-Infinity"].map((name) => Buffer.from(name));

function afterName(bytes: Uint8Array, start: number): number {
  const name = names.find((each) => each.every((byte, i) => bytes[start + i] === byte));
  return name === undefined ? -1 - start : start + name.length;
}

/** After any value. */
export function afterValue(bytes: Uint8Array, start: number, depth = 0): number {
  const first = bytes[start];
  if (first === quote) return afterText(bytes, start);
  if (first !== 91 && first !== 123) return afterWord(bytes, start);
  if (depth === depthLimit) return -1 - start;
  const close = first + 2;
  let at = afterSpace(bytes, start + 1);
  if (bytes[at] === close) return at + 1;
  for (;;) {
    if (first === 123) {
      at = afterKey(bytes, at);
      if (at < 0) return at;
    }
    at = afterValue(bytes, at, depth + 1);
    if (at < 0) return at;
    at = afterSpace(bytes, at);
    if (bytes[at] === close) return at + 1;
    if (bytes[at] !== 44) return -1 - at;
    at = afterSpace(bytes, at + 1);
  }
}

/** After a key and its colon, where the value begins. */
export function afterKey(bytes: Uint8Array, start: number): number {
  const end = afterText(bytes, start);
  if (end < 0) return end;
  const colon = afterSpace(bytes, end);
  return bytes[colon] === 58 ? afterSpace(bytes, colon + 1) : -1 - colon;
}

/**
 * Decodes the escapes of a text in place: what they stand for is never longer.
 * @returns the end of the text that begins at `start`; −1 − the offset of a lone half of a surrogate pair, or of NUL
 */
export function unescaped(bytes: Uint8Array, start: number, end: number): number {
  let to = start;
  for (let at = start; at < end; ) {
    const byte = bytes[at] ?? 0;
    if (byte !== backslash) {
      bytes[to++] = byte;
      at++;
      continue;
    }
    const kind = bytes[at + 1] ?? 0;
    if (kind !== 117) {
      const place = "bfnrt".indexOf(String.fromCharCode(kind));
      bytes[to++] = place < 0 ? kind : ([8, 12, 10, 13, 9][place] ?? 0);
      at += 2;
      continue;
    }
    let code = unit(bytes, at);
    const from = at;
    at += 6;
    if (code >= 0xd800 && code < 0xdc00 && bytes[at] === backslash && bytes[at + 1] === 117) {
      const low = unit(bytes, at);
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        at += 6;
      }
    }
    if (code === 0 || (code >= 0xd800 && code < 0xe000)) return -1 - from;
    for (const part of Buffer.from(String.fromCodePoint(code))) bytes[to++] = part;
  }
  return to;
}

function unit(bytes: Uint8Array, at: number): number {
  let code = 0;
  for (let i = at + 2; i < at + 6; i++) code = code * 16 + hexDigit(bytes[i] ?? 0);
  return code;
}
