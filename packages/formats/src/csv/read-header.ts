import { UserError } from "@metricgate/core/errors/user-error";
import { checkWidth } from "../tables/check-width.ts";
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
 * @throws UserError `too-many-columns`, `line-ends`, and as `scanCsv`
 */
export function readHeader(bytes: Uint8Array, name: string, start: number): Header {
  const counts = new Map(delimiters.map((byte) => [byte, 0]));
  const end = firstRowEnd(bytes, start, (byte) => {
    const seen = counts.get(byte);
    if (seen !== undefined) counts.set(byte, seen + 1);
  });
  const delimiter = delimiters.reduce(
    (best, byte) => ((counts.get(byte) ?? 0) > (counts.get(best) ?? 0) ? byte : best),
    44,
  );
  const width = 1 + (counts.get(delimiter) ?? 0);
  checkWidth(width, name);
  const row = bytes.subarray(0, end);
  const cr = row.indexOf(13, start);
  if (cr >= 0 && cr < end - 1 && row[cr + 1] !== 10 && !row.subarray(start, cr).includes(34)) {
    const text = `The lines of ${name} end in a carriage return alone, as on an old Macintosh.`;
    throw new UserError("line-ends", text, "Write it with line ends of Unix (\\n) or Windows (\\r\\n).", {
      file: name,
      line: 1,
    });
  }
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

/** The offset of the newline that ends the first row, or the length of the bytes; each byte before it outside quotes is `seen`. */
export function firstRowEnd(bytes: Uint8Array, start: number, seen: (byte: number) => void = () => {}): number {
  let inside = false;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 34) inside = !inside;
    else if (inside) continue;
    else if (byte === 10) return at;
    else seen(byte);
  }
  return bytes.length;
}
