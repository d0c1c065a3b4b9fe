import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { shown } from "../text/shown.ts";
import { type SqliteShape, tableShape } from "./create-table.ts";
import { openPages, type Pages, sqliteDamaged } from "./pages.ts";
import { recordValues, type SqliteValue } from "./record.ts";
import { tableRows } from "./table-rows.ts";

/** A database whose tables can be read, row by row. */
export interface SqliteFile {
  tables: readonly string[];
  /** Whether changes may stand in a file beside it, which ends in `-wal`. */
  logged: boolean;
  /** The values of some columns, in the order asked for. @throws UserError `sqlite-table-missing`, `sqlite-damaged`, `row-too-long` */
  rows(table: string, columns: readonly string[]): AsyncGenerator<SqliteValue[]>;
}

/**
 * Opens a SQLite 3 database for reading, without SQL: tables with row ids, of any page size and encoding.
 * @throws UserError `sqlite-damaged` with the byte offset
 */
export async function openSqlite(source: ByteSource): Promise<SqliteFile> {
  const pages = await openPages(source);
  const text = textReader(pages.encoding);
  const tables = new Map<string, { root: number; shape: SqliteShape }>();
  const schema = {
    columns: ["type", "name", "tbl_name", "rootpage", "sql"].map((name) => ({ name, fallback: null })),
    withoutRowId: false,
  };
  for await (const [type, name, , root, sql] of rowsOf(pages, 1, schema, [0, 1, 2, 3, 4], text)) {
    if (type !== "table" || typeof name !== "string" || typeof root !== "number" || typeof sql !== "string") continue;
    const shape = tableShape(sql);
    if (shape !== undefined) tables.set(name, { root, shape });
  }
  return {
    tables: [...tables.keys()],
    logged: pages.logged,
    async *rows(name, columns) {
      const table = tables.get(name);
      const places = columns.map((column) => table?.shape.columns.findIndex((other) => other.name === column) ?? -1);
      if (table === undefined || table.shape.withoutRowId || places.includes(-1)) {
        const missing = columns[places.indexOf(-1)];
        const what =
          table === undefined || missing === undefined
            ? `table ${shown(name)} with row ids`
            : `column ${shown(missing)} in its table ${shown(name)}`;
        throw new UserError(
          "sqlite-table-missing",
          `${source.name} has no ${what}.`,
          "Name the database that the tool itself wrote.",
          { file: source.name },
        );
      }
      yield* rowsOf(pages, table.root, table.shape, places, text);
    },
  };
}

async function* rowsOf(
  pages: Pages,
  root: number,
  shape: SqliteShape,
  places: readonly number[],
  text: (bytes: Uint8Array) => string,
): AsyncGenerator<SqliteValue[]> {
  const ascending = [...new Set(places)].sort((a, b) => a - b);
  const order = places.map((place) => ascending.indexOf(place));
  for await (const { rowId, record } of tableRows(pages, root)) {
    const values = valuesOf(pages, root, record, ascending, text);
    yield order.map((at) => {
      const column = shape.columns[ascending[at] ?? -1];
      if (column !== undefined && column.name === shape.rowId)
        return Number.isSafeInteger(Number(rowId)) ? Number(rowId) : rowId;
      const value = values[at];
      return value === undefined ? (column?.fallback ?? null) : value;
    });
  }
}

function valuesOf(
  { file, size }: Pages,
  root: number,
  record: Uint8Array,
  columns: readonly number[],
  text: (bytes: Uint8Array) => string,
): (SqliteValue | undefined)[] {
  try {
    return recordValues(record, columns, text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return sqliteDamaged(file, (root - 1) * size, `a row of the table that begins there is broken: ${error.message}`);
  }
}

function textReader(encoding: Pages["encoding"]): (bytes: Uint8Array) => string {
  const copy = (bytes: Uint8Array): Buffer =>
    Buffer.from(bytes.subarray(0, encoding === "utf8" ? bytes.length : bytes.length & ~1));
  if (encoding === "utf-16be") return (bytes) => copy(bytes).swap16().toString("utf16le");
  return (bytes) => copy(bytes).toString(encoding === "utf8" ? "utf8" : "utf16le");
}
