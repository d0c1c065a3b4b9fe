import { isAscii } from "node:buffer";
import type { Cells } from "./scan-rows.ts";

/** Turns the byte ranges of one file into texts. */
export interface CellReader {
  /** The text of a cell; doubled quotes become one. */
  text(cells: Cells, row: number): string;
}

/** Files up to this size are decoded at once, which makes cells cheap; larger ones cell by cell. */
const wholeLimit = 400_000_000;

/** A reader of the cells of a file. */
export function cellReader(bytes: Uint8Array): CellReader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length <= wholeLimit && isAscii(bytes) ? buffer.toString("latin1") : undefined;
  return {
    text(cells, row) {
      const start = cells.starts[row] ?? 0;
      const end = cells.ends[row] ?? 0;
      const text = whole === undefined ? buffer.toString("utf8", start, end) : whole.slice(start, end);
      return cells.quoted?.[row] === 2 ? text.replaceAll('""', '"') : text;
    },
  };
}
