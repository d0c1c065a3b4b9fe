import type { CategoryColumn, Column, RowTable } from "@metricgate/core/tables/row-table";
import { type ByteWriter, byteWriter, makeRoom, writeBytes, writeText, written } from "../bytes/byte-writer.ts";
import { numberWriter } from "../bytes/number-writer.ts";
import { byColumnOrder, columnRank } from "./column-order.ts";
import type { RowPart } from "./row-parts.ts";
import { writePlainRows } from "./write-plain-rows.ts";

const [newline, quote, comma, carriageReturn] = [10, 34, 44, 13];

/**
 * The canonical bytes of rows: header in the order of `columnRank`, rows by id, shortest exact numbers,
 * quotes only where RFC 4180 needs them, lines ending in LF, UTF-8. The same rows always give the same bytes.
 * @throws RangeError on a column that rows cannot have
 */
export function rowsBytes(rows: RowTable): Uint8Array {
  const writer = byteWriter(rows.ids.bytes.length + rows.count * (2 + 10 * rows.columns.size) + 4096);
  writeRows(writer, rows);
  return written(writer);
}

/** Writes the same bytes. @throws RangeError as `rowsBytes` */
export function writeRows(writer: ByteWriter, rows: RowTable): void {
  const names = [...rows.columns.keys()].sort(byColumnOrder);
  const odd = names.find((name) => columnRank(name) < 0);
  if (odd !== undefined) throw new RangeError(`rows have no column ${odd}`);
  const columns = names.map((name) => rows.columns.get(name));
  const cells = columns.map(cellsOf);
  writeText(writer, `${["id", ...names].map(quoted).join(",")}\n`);
  const { bytes, offsets } = rows.ids;
  const writeRow = (row: number): void => {
    writeId(writer, bytes, offsets[row] ?? 0, offsets[row + 1] ?? 0);
    for (const cell of cells) {
      makeRoom(writer, 2);
      writer.bytes[writer.at++] = comma;
      cell(writer, row);
    }
    makeRoom(writer, 1);
    writer.bytes[writer.at++] = newline;
  };
  const ids: RowPart = { before: "", texts: rows.ids, form: "csv" };
  const parts = [ids, ...columns.flatMap((column) => (column === undefined ? [] : [partOf(column)]))];
  writePlainRows(writer, { from: 0, to: rows.count }, parts, "\n", writeRow);
}

function partOf(column: Column): RowPart {
  if (column.type === "number") return { before: ",", numbers: column.values };
  return { before: ",", codes: column.codes, names: namesOf(column) };
}

function namesOf({ names }: CategoryColumn): Uint8Array[] {
  return names.map((name) => Buffer.from(quoted(name), "utf8"));
}

/** The same as a text. */
export function rowsCsv(rows: RowTable): string {
  return Buffer.from(rowsBytes(rows)).toString("utf8");
}

function writeId(writer: ByteWriter, bytes: Uint8Array, start: number, end: number): void {
  makeRoom(writer, end - start);
  const to = writer.bytes;
  let at = writer.at;
  for (let from = start; from < end; from++) {
    const byte = bytes[from] ?? 0;
    if (byte === quote || byte === comma || byte === newline || byte === carriageReturn) {
      writeText(writer, quoted(Buffer.from(bytes.subarray(start, end)).toString("utf8")));
      return;
    }
    to[at++] = byte;
  }
  writer.at = at;
}

function cellsOf(column: Column | undefined): (writer: ByteWriter, row: number) => void {
  if (column === undefined) return () => {};
  if (column.type === "category") {
    const names = namesOf(column);
    return (writer, row) => {
      const name = names[column.codes[row] ?? -1];
      if (name !== undefined) writeBytes(writer, name, 0);
    };
  }
  const write = numberWriter();
  return (writer, row) => {
    const value = column.values[row] ?? Number.NaN;
    // A row value may be missing; its cell is empty then.
    if (!Number.isNaN(value)) write(writer, value);
  };
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
