import { type ByteWriter, makeRoom, writeText } from "./byte-writer.ts";

const tens = Array.from({ length: 16 }, (_, k) => 10 ** k);
/** Decimals below this have at most 15 digits, and no two of those are the same double. */
const most = 1e15;

/**
 * A writer of finite doubles in the shortest text that reads back as the same double, as the language writes them, −0 as `-0`.
 * A double that is a decimal of at most 15 digits is written from that decimal, which is then the shortest; others by the language.
 */
export function numberWriter(): (writer: ByteWriter, value: number) => void {
  // The numbers of a column mostly have the same count of decimals.
  let usual = 0;
  return (writer, value) => {
    const size = Math.abs(value);
    let scale = size >= 1e-6 && size < most ? decimals(size, usual) : -1;
    if (scale < 0) {
      writeText(writer, Object.is(value, -0) ? "-0" : String(value));
      return;
    }
    usual = scale;
    let digits = Math.round(size * (tens[scale] ?? 1));
    for (; scale > 0; scale--) {
      const tenth = Math.floor(digits / 10);
      if (tenth * 10 !== digits) break;
      digits = tenth;
    }
    makeRoom(writer, 24);
    writeDecimal(writer, value < 0, digits, scale);
  };
}

/** How many decimals the value has, or some more; -1 when it has more than 15 digits. */
function decimals(size: number, guess: number): number {
  if (isDecimal(size, guess)) return guess;
  for (let scale = 0; scale <= 15; scale++) if (isDecimal(size, scale)) return scale;
  return -1;
}

function isDecimal(size: number, scale: number): boolean {
  const power = tens[scale] ?? 1;
  const digits = Math.round(size * power);
  return digits < most && digits / power === size;
}

function writeDecimal(writer: ByteWriter, negative: boolean, digits: number, scale: number): void {
  const { bytes } = writer;
  let at = writer.at;
  if (negative) bytes[at++] = 45;
  let length = 1;
  while (length < 15 && digits >= (tens[length] ?? most)) length++;
  length = Math.max(length, scale + 1);
  const end = at + length + (scale > 0 ? 1 : 0);
  // In two halves, so that each is a small integer.
  let high = digits < 1e8 ? 0 : Math.floor(digits / 1e8);
  let low = (digits - high * 1e8) | 0;
  let left = 8;
  const point = scale > 0 ? end - 1 - scale : -1;
  for (let place = end - 1; place >= at; place--) {
    if (place === point) {
      bytes[place] = 46;
      continue;
    }
    if (left === 0) {
      low = high;
      high = 0;
    }
    left--;
    const rest = (low / 10) | 0;
    bytes[place] = 48 + low - rest * 10;
    low = rest;
  }
  writer.at = end;
}
