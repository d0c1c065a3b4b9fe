import { type Cells, rowScan, scanRows } from "./scan-rows.ts";

/** A scanned table: the wanted columns, in the order they were asked for. */
export interface Scanned {
  count: number;
  columns: readonly Cells[];
}

/**
 * Splits all rows of a delimited table in memory, as `scanRows` does.
 * @param start offset of the first row
 * @param width cells of each row
 * @param wanted columns to keep, by position
 * @throws UserError as `scanRows`
 */
export function scanCsv(
  bytes: Uint8Array,
  name: string,
  start: number,
  delimiter: number,
  width: number,
  wanted: readonly number[],
): Scanned {
  const text = bytes.at(-1) === 10 || bytes.length <= start ? bytes : Buffer.concat([bytes, Buffer.of(10)]);
  const scan = rowScan(name, delimiter, width, wanted, linesBefore(bytes, start) + 1);
  scanRows(scan, text, start, text.length, true);
  const columns = scan.cells.map(({ starts, ends, quoted }) => ({
    starts: starts.subarray(0, scan.count),
    ends: ends.subarray(0, scan.count),
    quoted: quoted?.subarray(0, scan.count),
  }));
  return { count: scan.count, columns };
}

/** How many lines end before an offset. */
export function linesBefore(bytes: Uint8Array, offset: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0 && at < offset; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}
