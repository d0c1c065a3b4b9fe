import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { firstRowEnd, type Header, readHeader } from "../csv/read-header.ts";
import { linesBefore } from "../csv/scan-csv.ts";
import { readChunks } from "../sources/read-chunks.ts";
import { checkText } from "../text/decode-text.ts";
import { shown } from "../text/shown.ts";
import { cutOf, type PartReader, type ReadTable, readInTwo } from "./csv-parts.ts";
import { csvRows } from "./csv-rows.ts";
import { missingCells } from "./missing-words.ts";
import type { PredictionTable, TableColumns } from "./open-table.ts";
import type { Wanted } from "./stored-column.ts";

/** Bytes in which the first row must end. */
const headLimit = 16 * 2 ** 20;

/**
 * Delimited text with a header: comma, tab or semicolon, quotes as in RFC 4180, plain or gzip. Only the wanted columns are ever in memory.
 * A label or a prediction that is a word for a missing value, such as `nan` or `None`, is a class only inside of quotes.
 * @param other reads the second half of a large plain file; what comes out is the same
 * @throws UserError with file and line: those of `readChunks`, `readHeader` and `rowFeed`; `cell-missing` where a column is read as classes
 */
export async function openCsv(source: ByteSource, other?: PartReader): Promise<PredictionTable> {
  const head = await headOf(source);
  const header = csvHeader(head, source.name);
  return {
    file: source.name,
    columns: header.cells,
    async read(wanted) {
      const asked = { wanted, expected: rowsExpected(source, head, header.rowsAt) };
      const cut = other && (await cutOf(source, head, header.rowsAt, other.worthFrom()));
      const inTwo = other && cut ? await readInTwo(source, header, { ...asked, cut }, other) : undefined;
      const { table, lineOpen } = inTwo ?? (await readInOne(source, header, asked));
      const read = { ...table.end(), lineOpen };
      const doubtful = table.wordColumns();
      if (doubtful.length === 0) return read;
      // What is inside of quotes is not kept, so the few tables with such a word are read once more.
      const cells = missingCells(source.name, header, doubtful);
      await pushRows(source, header.rowsAt, cells.push);
      return withoutMissing(read, header.cells, cells.end());
    },
  };
}

async function readInOne(
  source: ByteSource,
  header: Header & { rowsLine: number },
  { wanted, expected }: { wanted: readonly Wanted[]; expected: number },
): Promise<ReadTable> {
  const table = csvRows(source.name, header, wanted, expected);
  return { lineOpen: await pushRows(source, header.rowsAt, table.push), table };
}

/** Hands on all bytes behind the header; true when the last line has no end. */
async function pushRows(source: ByteSource, rowsAt: number, push: (chunk: Uint8Array) => void): Promise<boolean> {
  let skip = rowsAt;
  let last = 10;
  for await (const chunk of readChunks(source)) {
    push(chunk.subarray(Math.min(skip, chunk.length)));
    skip = Math.max(0, skip - chunk.length);
    last = chunk[chunk.length - 1] ?? last;
  }
  return last !== 10;
}

function withoutMissing(
  table: TableColumns,
  header: readonly string[],
  missing: ReadonlyMap<number, { row: number; text: string }>,
): TableColumns {
  return {
    ...table,
    category(column, role, empty, longest) {
      const found = empty === true ? undefined : missing.get(column);
      if (found === undefined) return table.category(column, role, empty, longest);
      const what = `The ${role} in the column ${shown(header[column] ?? "")} of ${table.file} is ${found.text}, which stands for a missing value.`;
      const next = `Fill it in, or leave the row out on both sides; a class of that name is written in quotes: "${found.text}".`;
      return table.refuse("cell-missing", what, next, found.row);
    },
  };
}

/** The header of a table, and the line on which its rows begin. @throws UserError as `checkText` and `readHeader` */
export function csvHeader(head: Uint8Array, file: string): Header & { rowsLine: number } {
  const first = head.subarray(0, firstRowEnd(head, 0) + 1);
  const header = readHeader(first, file, checkText(first, file));
  return { ...header, rowsLine: linesBefore(first, first.length) + 1 };
}

/** Rows of the file, from the length of those in its beginning; a few too many cost nothing. */
function rowsExpected(source: ByteSource, head: Uint8Array, rowsAt: number): number {
  const lines = linesBefore(head.subarray(rowsAt), head.length - rowsAt);
  if (lines < 2) return 1024;
  return Math.ceil((source.size / (head.length - rowsAt)) * lines * 1.05) + 16;
}

/** The first chunks of a source, up to and with its first row. */
async function headOf(source: ByteSource): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of readChunks(source)) {
    parts.push(chunk.slice(0, headLimit));
    size += chunk.length;
    const head = Buffer.concat(parts);
    if (firstRowEnd(head, 0) < head.length) return head;
    if (size > headLimit) {
      const text = `The first row of ${source.name} has more than ${headLimit} bytes.`;
      throw new UserError("row-too-long", text, "Begin it with a row of column names.", { file: source.name, line: 1 });
    }
  }
  return Buffer.concat(parts);
}
