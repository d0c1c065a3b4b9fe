import type { Cells } from "./scan-csv.ts";

/** Turns byte ranges of one file into texts. */
export interface CellReader {
  text(cells: Cells, row: number): string;
  slice(start: number, end: number): string;
}

/** A reader of cells; doubled quotes become one. */
export function cellReader(bytes: Uint8Array): CellReader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    slice: (start, end) => buffer.toString("utf8", start, end),
    text(cells, row) {
      const text = buffer.toString("utf8", cells.starts[row], cells.ends[row]);
      return cells.quoted?.[row] === 2 ? text.replaceAll('""', '"') : text;
    },
  };
}
