import { rowFeed } from "../csv/row-feed.ts";
import { rowScan } from "../csv/scan-rows.ts";

/**
 * The words that pandas reads as a missing value, in the case that it knows them by, and what floats print that are not finite;
 * any of them may be a class only inside of quotes. `none` and `na` are the names of classes.
 */
const words = new Set(
  (
    "nan NaN NAN -nan -NaN NA n/a N/A #N/A #NA <NA> NaT null NULL None 1.#IND -1.#IND 1.#QNAN -1.#QNAN " +
    "inf Inf INF -inf -Inf -INF +inf +Inf infinity Infinity -infinity -Infinity +infinity +Infinity"
  ).split(" "),
);

/** Whether a text is such a word. */
export function isMissingWord(text: string): boolean {
  return text.length <= 16 && words.has(text.trim());
}

/** The first row of each column, by place, with such a word outside of quotes. */
export interface MissingCells {
  push(chunk: Uint8Array): void;
  end(): Map<number, { row: number; text: string }>;
}

/** Looks through the rows of a delimited table. @throws UserError as `rowFeed` */
export function missingCells(
  file: string,
  { cells: names, delimiter, rowsLine }: { cells: readonly string[]; delimiter: number; rowsLine: number },
  columns: readonly number[],
): MissingCells {
  const scan = rowScan(file, delimiter, names.length, columns, rowsLine);
  const found = new Map<number, { row: number; text: string }>();
  const feed = rowFeed(scan, (bytes, scanned, count) => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    for (const [slot, column] of columns.entries()) {
      const cells = scanned[slot];
      if (cells === undefined || found.has(column)) continue;
      for (let row = 0; row < count; row++) {
        const start = cells.starts[row] ?? 0;
        const end = cells.ends[row] ?? 0;
        if (end - start < 2 || end - start > 16 || (cells.quoted?.[row] ?? 0) > 0) continue;
        const cell = text.toString("utf8", start, end);
        if (!isMissingWord(cell)) continue;
        found.set(column, { row: scan.count - count + row, text: cell.trim() });
        break;
      }
    }
  });
  return {
    push: feed.push,
    end() {
      feed.end();
      return found;
    },
  };
}
