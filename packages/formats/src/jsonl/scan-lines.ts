import { UserError } from "@metricgate/core/errors/user-error";
import type { Cells } from "../csv/scan-rows.ts";
import { shown } from "../text/shown.ts";
import type { JsonColumns, JsonKey } from "./json-columns.ts";
import { afterSpace, afterText, afterValue, unescaped } from "./scan-json.ts";

/** A scan of the lines of a file. */
export interface LineScan {
  file: string;
  columns: JsonColumns;
  /** For each column the place among the cells, or −1. */
  slots: Int32Array;
  cells: Cells[];
  /** What to do with a key that is not known: gives the key, or undefined to pass over it. */
  unknown?(raw: Uint8Array, name: string, value: Uint8Array): JsonKey | undefined;
  found: number;
  count: number;
  line: number;
  /** The first backslash that is not passed yet, as far as it was looked for. */
  escapeAt: number;
  /** Rows before which more lines than rows had passed, and how many more: ascending. */
  blanks: { before: number; more: number }[];
}

/**
 * Finds the cells of the lines between two offsets; the byte before `to` is a line feed. Escapes are decoded in place.
 * @throws UserError `json-line`, `json-key-twice`, `list-length` with file and line
 */
export function scanLines(scan: LineScan, bytes: Uint8Array, from: number, to: number): void {
  scan.found = 0;
  scan.escapeAt = -1;
  for (let at = from; at < to; scan.line++) {
    const start = afterSpace(bytes, at);
    if (bytes[start] === 10) {
      scan.blanks.push({ before: scan.count, more: (scan.blanks.at(-1)?.more ?? 0) + 1 });
      at = start + 1;
      continue;
    }
    at = scanLine(scan, bytes, start) + 1;
    scan.found++;
    scan.count++;
  }
}

/** The offset of the line feed that ends the line. */
function scanLine(scan: LineScan, bytes: Uint8Array, start: number): number {
  const { columns } = scan;
  const row = scan.found;
  for (const cells of scan.cells) {
    cells.starts[row] = 0;
    cells.ends[row] = 0;
  }
  if (bytes[start] !== 123) return broken(scan, bytes, start, start);
  let at = afterSpace(bytes, start + 1);
  let next = 0;
  if (bytes[at] === 125) return lineEnd(scan, bytes, start, at + 1);
  for (;;) {
    const keyEnd = afterText(bytes, at);
    if (keyEnd < 0) return broken(scan, bytes, start, -1 - keyEnd);
    const colon = afterSpace(bytes, keyEnd);
    if (bytes[colon] !== 58) return broken(scan, bytes, start, colon);
    const valueAt = afterSpace(bytes, colon + 1);
    let key = columns.keys[next];
    if (key === undefined || !sameBytes(key.raw, bytes, at + 1, keyEnd - 1)) key = keyOf(scan, bytes, at, keyEnd);
    const valueEnd = afterValue(bytes, valueAt);
    if (valueEnd < 0) return broken(scan, bytes, start, -1 - valueEnd);
    if (key === undefined && scan.unknown !== undefined) {
      const raw = bytes.subarray(at + 1, keyEnd - 1);
      key = scan.unknown(raw, nameOf(bytes, at, keyEnd), bytes.subarray(valueAt, valueEnd));
    }
    if (key !== undefined) {
      if (key.seen === scan.count) {
        const text = `The key ${shown(key.name)} stands twice in a line of ${scan.file}.`;
        throw new UserError("json-key-twice", text, "Write each key once.", { file: scan.file, line: scan.line });
      }
      key.seen = scan.count;
      next = columns.keys[next] === key ? next + 1 : columns.keys.indexOf(key) + 1;
      keep(scan, bytes, key, row, valueAt, valueEnd);
    }
    at = afterSpace(bytes, valueEnd);
    if (bytes[at] === 125) return lineEnd(scan, bytes, start, at + 1);
    if (bytes[at] !== 44) return broken(scan, bytes, start, at);
    at = afterSpace(bytes, at + 1);
  }
}

function keep(scan: LineScan, bytes: Uint8Array, key: JsonKey, row: number, start: number, end: number): void {
  if (key.column >= 0) {
    keepCell(scan, bytes, scan.slots[key.column] ?? -1, row, start, end);
    return;
  }
  const { places, fields } = key;
  if (bytes[start] !== 91 && bytes[start] !== 123) return;
  const wanted = (column: number): boolean => (scan.slots[column] ?? -1) >= 0;
  if (!(places?.some(wanted) ?? [...(fields?.values() ?? [])].some(wanted))) return;
  const listed = bytes[start] === 91;
  if (listed !== (places !== undefined)) return;
  let count = 0;
  for (let at = afterSpace(bytes, start + 1); at < end - 1; count++) {
    let column = places?.[count];
    if (!listed) {
      const keyEnd = afterText(bytes, at);
      column = fields?.get(nameOf(bytes, at, keyEnd));
      at = afterSpace(bytes, afterSpace(bytes, keyEnd) + 1);
    }
    const itemEnd = afterValue(bytes, at);
    if (column !== undefined) keepCell(scan, bytes, scan.slots[column] ?? -1, row, at, itemEnd);
    at = afterSpace(bytes, afterSpace(bytes, itemEnd) + 1);
  }
  const width = places?.length ?? fields?.size ?? 0;
  if (count === width) return;
  const text = `${shown(key.name)} in a line of ${scan.file} has ${count} numbers, and ${width} in the first.`;
  throw new UserError("list-length", text, "Give every row one number for each class.", {
    file: scan.file,
    line: scan.line,
  });
}

function keepCell(scan: LineScan, bytes: Uint8Array, slot: number, row: number, start: number, end: number): void {
  const cells = scan.cells[slot];
  if (cells === undefined) return;
  const first = bytes[start];
  // null and NaN are missing values.
  if (first === 110 || first === 78) return;
  let from = start;
  let to = end;
  if (first === 34) {
    from++;
    to--;
    if (scan.escapeAt < from) {
      const at = bytes.indexOf(92, from);
      scan.escapeAt = at < 0 ? Number.POSITIVE_INFINITY : at;
    }
    if (scan.escapeAt < to) {
      to = unescaped(bytes, from, to);
      if (to < 0) {
        const text = `A text in a line of ${scan.file} holds half a character, or NUL.`;
        throw new UserError("not-utf8", text, "Write whole characters.", { file: scan.file, line: scan.line });
      }
    }
  }
  cells.starts[row] = from;
  cells.ends[row] = to;
}

function keyOf(scan: LineScan, bytes: Uint8Array, start: number, end: number): JsonKey | undefined {
  return scan.columns.byName.get(nameOf(bytes, start, end));
}

function nameOf(bytes: Uint8Array, start: number, end: number): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8");
  const name: unknown = JSON.parse(text);
  return String(name);
}

function sameBytes(raw: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (raw.length !== end - start) return false;
  for (let i = 0; i < raw.length; i++) if (raw[i] !== bytes[start + i]) return false;
  return true;
}

function lineEnd(scan: LineScan, bytes: Uint8Array, start: number, after: number): number {
  const end = afterSpace(bytes, after);
  return bytes[end] === 10 ? end : broken(scan, bytes, start, end);
}

function broken(scan: LineScan, bytes: Uint8Array, start: number, at: number): never {
  const lineStart = bytes.lastIndexOf(10, start) + 1;
  const found = bytes[at] === 10 ? "its end" : shown(String.fromCharCode(bytes[at] ?? 0));
  const text = `A line of ${scan.file} is no JSON object: ${found} stands where it should go on.`;
  throw new UserError("json-line", text, 'Write one object such as {"id": "a", "label": 1} on each line.', {
    file: scan.file,
    line: scan.line,
    column: at - lineStart + 1,
  });
}
