import { UserError } from "@metricgate/core/errors/user-error";
import { cellReader } from "../csv/cell-text.ts";
import { readHeader } from "../csv/read-header.ts";
import { scanCsv } from "../csv/scan-csv.ts";
import { lineCounter } from "../text/position.ts";
import type { MetricFile } from "./metric-format.ts";
import { numberOf } from "./number-text.ts";

/** A table that a tool wrote: its trimmed header, and its cells as trimmed texts. */
export interface Delimited {
  columns: readonly string[];
  count: number;
  cell(row: number, column: number): string;
  /** The number in a cell: undefined when the cell is empty, NaN when it says so. @throws UserError `metric-field` for any other text */
  number(row: number, column: number): number | undefined;
  /** The offset of a row in the text. */
  at(row: number): number;
}

/**
 * Reads a table that a tool wrote. Tools end every line, so a last line without an end was cut, and its last number may be another.
 * @throws UserError `file-truncated`, and those of `scanCsv`
 */
export async function readDelimited(file: MetricFile): Promise<Delimited> {
  const text = await file.text();
  const { name } = file.source;
  const bytes = Buffer.from(text, "utf8");
  requireLineEnd(text, name);
  const head = readHeader(bytes, name, 0);
  const every = head.cells.map((_, index) => index);
  const table = scanCsv(bytes, name, head.rowsAt, head.delimiter, head.cells.length, every);
  const reader = cellReader(bytes);
  const columns = head.cells.map((cell) => cell.trim());
  const at = (row: number): number => {
    const byte = table.columns[0]?.starts[row] ?? 0;
    return bytes.length === text.length ? byte : bytes.toString("utf8", 0, byte).length;
  };
  const cell = (row: number, column: number): string => {
    const cells = table.columns[column];
    return cells === undefined ? "" : reader.text(cells, row).trim();
  };
  return {
    columns,
    count: table.count,
    cell,
    at,
    number(row, column) {
      const written = cell(row, column);
      if (written === "") return undefined;
      const value = numberOf(written);
      if (value !== undefined) return value;
      throw new UserError(
        "metric-field",
        `${columns[column]} in ${name} is ${JSON.stringify(written.slice(0, 60))}, which is no number.`,
        "Write the file again with the tool that makes it.",
        { file: name, line: lineCounter(text)(at(row)) },
      );
    },
  };
}

/** @throws UserError `file-truncated` for a text whose last line does not end */
export function requireLineEnd(text: string, name: string): void {
  if (text.endsWith("\n")) return;
  throw new UserError(
    "file-truncated",
    `The last line of ${name} does not end: the file was cut, or is still being written.`,
    "Run this after the step that writes the file has ended.",
    { file: name, line: lineCounter(text)(text.length) },
  );
}
