import { rowFeed } from "../csv/row-feed.ts";
import { type RowScan, rowScan } from "../csv/scan-rows.ts";
import { columnStore } from "./column-store.ts";
import { isMissingWord } from "./missing-words.ts";
import type { NumberRoom } from "./number-room.ts";
import type { TableColumns } from "./open-table.ts";
import type { ColumnUse, KeptColumn, StoredColumn, Wanted } from "./stored-column.ts";
import { tableColumns } from "./table-columns.ts";

/** Rows as plain data: how many, and their columns in each use. */
export interface KeptRows {
  count: number;
  columns: KeptColumn[];
}

/** Takes the bytes of rows, then tells their columns. */
export interface CsvRows {
  push(chunk: Uint8Array): void;
  end(): TableColumns;
  /** No quote has been met, so that every line is a row. */
  plain(): boolean;
  /** The columns as plain data, in place of `end`; undefined when there were quotes, or one has too many distinct texts. */
  kept(): KeptRows | undefined;
  /** Adds the rows that follow, which other `csvRows` of the same wanted columns have kept, and takes their columns away. False when it cannot, and is of no use any more. */
  join(more: KeptRows): boolean;
  /** After `end`: the columns of labels and predictions (use `value`) that hold a word for a missing value, in quotes or not. */
  wordColumns(): number[];
}

/**
 * The columns of a table whose rows come as chunks of bytes.
 * @param expected rows, about
 * @param rooms for the numbers of the wanted columns, in their order, where two threads fill them
 * @throws UserError as `rowFeed`
 */
export function csvRows(
  file: string,
  header: { cells: readonly string[]; delimiter: number; rowsLine: number },
  wanted: readonly Wanted[],
  expected: number,
  rooms: readonly (NumberRoom | undefined)[] = [],
): CsvRows {
  const columns = [...new Set(wanted.map(([column]) => column))];
  const stores = columns.flatMap((column, slot) =>
    [...new Set(wanted.flatMap(([other, use]) => (other === column ? [use] : [])))].map((use) => ({
      column,
      slot,
      use,
      store: columnStore(use, expected, rooms[wanted.findIndex(([other, its]) => other === column && its === use)]),
    })),
  );
  const scan = rowScan(file, header.delimiter, header.cells.length, columns, header.rowsLine);
  const tellReadings = (): void => {
    scan.readings.fill(0);
    for (const { slot, store } of stores) scan.readings[slot] = (scan.readings[slot] ?? 0) | store.reads();
  };
  let stored: { column: number; use: ColumnUse; stored: StoredColumn }[] = [];
  tellReadings();
  const feed = rowFeed(scan, (bytes, scanned, count) => {
    stores.forEach(({ store, slot }) => {
      const cells = scanned[slot];
      if (cells !== undefined) store.add(bytes, cells, count);
    });
    tellReadings();
  });
  return {
    push: feed.push,
    end() {
      feed.end();
      stored = stores.map(({ column, use, store }) => ({ column, use, stored: store.finish() }));
      return tableColumns(file, scan.count, stored, { unit: "line", of: lineOfRow(scan, header.rowsLine) });
    },
    plain: () => !scan.quotes,
    kept() {
      feed.end();
      if (scan.quotes) return undefined;
      const columns = stores.flatMap(({ store }) => store.kept() ?? []);
      return columns.length < stores.length ? undefined : { count: scan.count, columns };
    },
    join(more) {
      feed.end();
      // A blank line that rows follow is for a scan of the whole to judge.
      if (scan.quotes || scan.blanks > 0) return false;
      scan.count += more.count;
      return stores.every(({ store }) => {
        const column = more.columns.shift();
        return column !== undefined && store.join(column);
      });
    },
    wordColumns: () =>
      stored
        .filter((kept) => kept.use === "value" && (kept.stored.distinct()?.names ?? []).some(isMissingWord))
        .map(({ column }) => column),
  };
}

/** The line of a row: one for each row before it, and those that stand inside quotes. */
function lineOfRow({ longRows }: RowScan, firstLine: number): (row: number) => number {
  return (row) => {
    // The last long row before this one, by halves.
    let [from, to] = [0, longRows.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((longRows[middle]?.after ?? 0) < row) from = middle + 1;
      else to = middle;
    }
    return firstLine + row + (longRows[from - 1]?.more ?? 0);
  };
}
