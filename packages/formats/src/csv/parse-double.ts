import { readDecimal } from "./read-decimal.ts";

const stop = new Int32Array(1);

/**
 * The double nearest to a decimal text in bytes, exactly as `Number` reads it; white space around it is allowed.
 * NaN for everything else: other texts, an empty cell, `nan`, `inf`, and what overflows.
 * @param view the same bytes
 */
export function parseDouble(bytes: Uint8Array, start: number, end: number, view = viewOf(bytes)): number {
  let from = start;
  let to = end;
  while (from < to && isSpace(bytes[from])) from++;
  while (to > from && isSpace(bytes[to - 1])) to--;
  const value = readDecimal(bytes, view, from, to, stop);
  if (stop[0] !== to || !Number.isNaN(value)) return stop[0] === to ? value : Number.NaN;
  const slow = Number(Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("latin1"));
  return Number.isFinite(slow) ? slow : Number.NaN;
}

/** A view of the same bytes. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function isSpace(byte: number | undefined): boolean {
  return byte === 32 || byte === 9;
}
