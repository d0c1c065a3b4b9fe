import { cellReader } from "./cell-text.ts";
import { scanCsv } from "./scan-csv.ts";

/** The first row of a table: its cells, the delimiter as a byte, and where the rows begin. */
export interface Header {
  cells: string[];
  delimiter: number;
  rowsAt: number;
}

const delimiters = [44, 9, 59];

/**
 * The first row, split at whichever of comma, tab and semicolon it holds most often outside quotes.
 * @throws UserError as `scanCsv`
 */
export function readHeader(bytes: Uint8Array, name: string, start: number): Header {
  const counts = new Map(delimiters.map((byte) => [byte, 0]));
  let inside = false;
  let end = start;
  for (; end < bytes.length; end++) {
    const byte = bytes[end] ?? 0;
    if (byte === 34) inside = !inside;
    else if (byte === 10 && !inside) break;
    else if (!inside && counts.has(byte)) counts.set(byte, (counts.get(byte) ?? 0) + 1);
  }
  const delimiter = delimiters.reduce(
    (best, byte) => ((counts.get(byte) ?? 0) > (counts.get(best) ?? 0) ? byte : best),
    44,
  );
  const width = 1 + (counts.get(delimiter) ?? 0);
  const row = bytes.subarray(0, end);
  const { columns, count } = scanCsv(
    row,
    name,
    start,
    delimiter,
    width,
    Array.from({ length: width }, (_, i) => i),
  );
  const reader = cellReader(row);
  return {
    cells: count === 0 ? [] : columns.map((cells) => reader.text(cells, 0)),
    delimiter,
    rowsAt: Math.min(end + 1, bytes.length),
  };
}
