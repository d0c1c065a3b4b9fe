import type { Note } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import type { CategoryColumn } from "@metricgate/core/tables/row-table";
import type { TextCells } from "@metricgate/core/tables/text-cells";
import { refuseArrow } from "../arrow/refuse-arrow.ts";
import { readPart } from "../sources/read-bytes.ts";
import { readChunks } from "../sources/read-chunks.ts";
import { checkWidth } from "./check-width.ts";
import type { PartReader } from "./csv-parts.ts";
import { openCsv } from "./csv-table.ts";
import type { Wanted } from "./stored-column.ts";
import { tableForm } from "./table-form.ts";

/*
 * Tables of predictions, from a file of any form to the columns that metrics are made of.
 *
 *   ByteSource ─ openTable ─▶ PredictionTable (header) ─ read(columns with their uses) ─▶ TableColumns ─ choose, assemble ─▶ RowTable
 *
 * A form of file (CSV is the first, in csv-table.ts) is one function `openNAME(source): Promise<PredictionTable>` beside this one, and one
 * line in `openTable` that knows it by its name or first bytes. It
 *   1. tells the names of its columns without reading the rows (`columns`; a column is then named by its place among them);
 *   2. in `read` makes one `columnStore(use, about how many rows)` (column-store.ts, stored-column.ts) for each wanted use, and gives it the cells in row
 *      order, batch by batch: `add(bytes, cells, count)` with ranges of UTF-8 bytes (decode escapes into a buffer of your own, `starts` and
 *      `ends` are offsets in it, `quoted` is undefined), or `addNumbers` where it has numbers. A missing value is an empty cell, or NaN; a
 *      boolean is the text `true` or `false`. Nothing is kept but the stores, so a table may be larger than memory;
 *   3. returns `tableColumns(file, count, stored, places)` (table-columns.ts), where `places` says how messages name a row: a line of the
 *      file (CSV, JSON Lines), or the row's number from 1 (Parquet).
 * Every text is valid UTF-8 without NUL. Anything that cannot be read is a UserError with code, file and line.
 *
 * What is made of a table (predictions/, and other tasks beside it) sees only PredictionTable and TableColumns: it finds its columns in
 * `columns`, says in one call of `read` how each will be used, and then takes readings; each names its `role` in messages. Ids are a
 * `text` column, sorted by predictions/row-ids.ts, which gives the order that predictions/in-order.ts applies to the others.
 */

/** A table whose columns are known and whose rows are not read yet. */
export interface PredictionTable {
  /** What messages call it. */
  file: string;
  /** The names in the header, as they stand there. */
  columns: readonly string[];
  /** What of the file is no column and was left out. */
  notes?: readonly Note[];
  /** Reads all rows, keeping of them what is wanted. May be called again. @throws UserError with file and line */
  read(wanted: readonly Wanted[]): Promise<TableColumns>;
}

/** How messages name the rows of a table. */
export interface Places {
  unit: "line" | "row";
  /** The number, from 1, of the row with this index. */
  of(row: number): number;
}

/** The rows of a table by column, in the order of the file. A column is its place in the header. */
export interface TableColumns {
  file: string;
  count: number;
  places: Places;
  /** The last line of the text has no end, so that the file may be cut. */
  lineOpen?: boolean;
  /** Throws a UserError about one row. */
  refuse(code: string, what: string, next: string, row: number): never;
  /** Finite numbers. Uses `number`, `value`, `category`, the first that was read. @throws UserError `not-a-number` */
  numbers(column: number, role: string): Float64Array;
  /** NaN where a cell holds no finite number. Uses as `numbers`. */
  looseNumbers(column: number): Float64Array;
  /**
   * The texts of a column as a category, names sorted. Uses `value`, `category`; the other way round with `empty`.
   * @param empty an empty cell is a name too, as in groups and slices
   * @param longest characters of a name; 200 when not given
   * @throws UserError `cell-empty` unless `empty`, `too-many-values`, `value-too-long`
   */
  category(column: number, role: string, empty?: boolean, longest?: number): CategoryColumn;
  /** The first cell that holds no finite number; empty where all do. Uses as `numbers`. */
  firstText(column: number): string;
  /** The text of every row. Use `text`. */
  texts(column: number): TextCells;
}

/**
 * Opens a table by its first bytes, then by its name; only the form that it has is loaded.
 * @param other reads a part of a large table of plain text in another thread; absent where one thread reads all of it
 * @throws UserError `too-many-columns`, and as the form's own function, such as `openCsv`
 */
export async function openTable(source: ByteSource, other?: PartReader): Promise<PredictionTable> {
  const table = await openForm(source, other);
  checkWidth(table.columns.length, source.name);
  return table;
}

async function openForm(source: ByteSource, other: PartReader | undefined): Promise<PredictionTable> {
  let form = tableForm(await readPart(source, 0, Math.min(64, source.size)), source.name);
  const packed = form === "gzip";
  if (packed) form = tableForm(await inflatedHead(source), source.name);
  switch (form) {
    case "parquet":
      return (await import("../parquet/parquet-table.ts")).openParquet(source);
    case "npy":
    case "npz":
      return (await import("../numpy/numpy-table.ts")).openNumpy(source);
    case "jsonl":
      return (await import("../jsonl/jsonl-table.ts")).openJsonl(source);
    case "arrow":
      return refuseArrow(source.name);
    case "json":
      return refuseJson(source.name);
    default:
      return openCsv(source, packed ? undefined : other);
  }
}

async function inflatedHead(source: ByteSource): Promise<Uint8Array> {
  for await (const chunk of readChunks(source)) return chunk.slice(0, 64);
  return new Uint8Array(0);
}

function refuseJson(file: string): never {
  throw new UserError(
    "table-is-json",
    `${file} is one JSON list, which is not read as a table.`,
    "Write one object a line: `to_json(path, orient='records', lines=True)` in pandas, or `write_ndjson` in Polars.",
    { file, line: 1 },
  );
}
