import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { indexOfByte } from "../bytes/index-of-byte.ts";
import { plainChunks } from "../sources/read-chunks.ts";
import { type CsvRows, csvRows, type KeptRows } from "./csv-rows.ts";
import { type NumberRoom, numberRoom } from "./number-room.ts";
import type { Wanted } from "./stored-column.ts";

const [newline, quote] = [10, 34];
/** Rows at the middle that are longer than this are read by one thread. */
const longestRow = 1 << 16;

/** The rows of a delimited file from an offset to its end. Plain data. */
export interface TablePart {
  /** What messages call the file, which is also its path in the workspace. */
  file: string;
  /** Bytes of the whole file. */
  size: number;
  /** Where a row begins. */
  start: number;
  header: { cells: readonly string[]; delimiter: number };
  wanted: readonly Wanted[];
  /** How many rows, about. */
  expected: number;
  /** Where the numbers of the wanted columns go, in their order. */
  rooms: readonly (NumberRoom | undefined)[];
}

/** Those rows as they were read. */
export interface ReadPart {
  rows: KeptRows;
  /** The last line has no end. */
  lineOpen: boolean;
}

/** Another thread. */
export interface PartReader {
  /** Bytes of a file from which on it is worth asking. */
  worthFrom(): number;
  /** Reads a part beside this thread. Undefined, or rejected, when it cannot: then one thread reads the whole. */
  readPart(part: TablePart, stop: AbortSignal): Promise<ReadPart | undefined>;
}

/** What a reader of a whole table has: its rows, not ended yet, and whether the last line has no end. */
export interface ReadTable {
  table: CsvRows;
  lineOpen: boolean;
}

/** The work of the other thread. Undefined for rows that must be read from the start: those with quotes, or too many distinct texts. @throws UserError for any other that must */
export async function readPartOf(source: ByteSource, part: TablePart): Promise<ReadPart | undefined> {
  if (source.size !== part.size) return undefined;
  const table = csvRows(part.file, { ...part.header, rowsLine: 1 }, part.wanted, part.expected, part.rooms);
  let last = newline;
  for await (const chunk of plainChunks(source, part.start)) {
    table.push(chunk);
    if (!table.plain()) return undefined;
    last = chunk[chunk.length - 1] ?? last;
  }
  const rows = table.kept();
  return rows && { rows, lineOpen: last !== newline };
}

/**
 * Where the second half of a plain file begins, which is just after a newline; undefined for a file that one thread reads.
 * @param head the beginning of the file
 * @param worthFrom bytes of the smallest file that is cut
 */
export async function cutOf(
  source: ByteSource,
  head: Uint8Array,
  rowsAt: number,
  worthFrom: number,
): Promise<number | undefined> {
  if (source.size < worthFrom || indexOfByte(head, quote, rowsAt) >= 0) return undefined;
  const middle = rowsAt + Math.floor((source.size - rowsAt) / 2);
  const found = indexOfByte(await source.slice(middle, middle + longestRow), newline, 0);
  return found < 0 ? undefined : middle + found + 1;
}

/**
 * Reads a table whose second half begins at `cut`, just after a newline, in two threads. The rows are those of one thread;
 * undefined when it is for one thread to say what they are, as where a quote may have begun before the cut.
 * @param expected rows of the whole, about
 */
export async function readInTwo(
  source: ByteSource,
  header: { cells: readonly string[]; delimiter: number; rowsAt: number; rowsLine: number },
  { wanted, expected, cut }: { wanted: readonly Wanted[]; expected: number; cut: number },
  other: PartReader,
): Promise<ReadTable | undefined> {
  const stop = new AbortController();
  const { name: file, size } = source;
  const { cells, delimiter, rowsAt } = header;
  const before = Math.ceil((expected * (cut - rowsAt)) / (size - rowsAt)) + 16;
  const behind = Math.ceil((expected * (size - cut)) / (size - rowsAt)) + 16;
  const shared = wanted.map(([, use]) =>
    use === "number" || use === "value" ? numberRoom(before, behind) : undefined,
  );
  const rooms = shared.map((room) => room?.second);
  const part = { file, size, start: cut, header: { cells, delimiter }, wanted, expected: behind, rooms };
  const second = other.readPart(part, stop.signal).catch(() => undefined);
  try {
    const table = csvRows(
      file,
      header,
      wanted,
      expected,
      shared.map((room) => room?.first),
    );
    for await (const chunk of plainChunks(source, rowsAt, cut)) {
      table.push(chunk);
      if (!table.plain()) return undefined;
    }
    const rest = await second;
    return rest !== undefined && table.join(rest.rows) ? { table, lineOpen: rest.lineOpen } : undefined;
  } catch (error) {
    // It is said once more, with its line, by the thread that reads the whole.
    if (error instanceof UserError) return undefined;
    throw error;
  } finally {
    stop.abort();
  }
}
