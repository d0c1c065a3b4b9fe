import { UserError } from "@metricgate/core/errors/user-error";
import { indexOfByte } from "../bytes/index-of-byte.ts";
import { checkText } from "../text/decode-text.ts";
import { type PlainScan, plainScan } from "./plain-scan.ts";
import { type Cells, type RowScan, scanRows } from "./scan-rows.ts";

const [newline, quote] = [10, 34];
/** Bytes that are scanned at once, so that the ranges of their cells stay few. */
const part = 1 << 18;
/** From this many bytes on a kernel is worth its start. */
const worthIt = part / 4;
/** A row longer than this is one whose quote was never closed. */
const rowLimit = 64 * 2 ** 20;

/** Takes the bytes of a table's rows as they come, and hands on the cells of whole rows. */
export interface RowFeed {
  push(chunk: Uint8Array): void;
  /** Nothing more comes. */
  end(): void;
}

/**
 * A feed of one scan. The rows found are the same however the bytes are cut into chunks.
 * @param found gets cells by wanted column, the bytes that their ranges are of, and the count of rows; bytes and cells are used again after it returns
 * @throws UserError from `push` and `end`: what `scanRows` throws, `not-utf8`, `nul-byte`, `row-too-long`
 */
export function rowFeed(
  scan: RowScan,
  found: (bytes: Uint8Array, cells: readonly Cells[], count: number) => void,
): RowFeed {
  let work = new Uint8Array(part + 1);
  let used = 0;
  // A row that is not whole yet is looked at again only when there is twice as much of it.
  let wait = 0;
  let plain: PlainScan | undefined;
  /** Scans the plain rows that come first. */
  const takePlain = (bytes: Uint8Array): number => {
    const size = bytes.length;
    if (scan.blanks > 0 || size > part || (plain === undefined && size < worthIt) || indexOfByte(bytes, quote, 0) >= 0)
      return 0;
    plain ??= plainScan(part, scan.delimiter, scan.slots, scan.readings);
    const end = plain.scan(bytes, scan.readings);
    scan.found = plain.found;
    scan.count += plain.found;
    scan.line += plain.found;
    if (plain.found > 0) found(bytes, plain.cells, plain.found);
    return end;
  };
  const take = (last: boolean): void => {
    const bytes = work.subarray(0, used);
    const to = bytes.lastIndexOf(newline) + 1;
    if (to === 0) wait = used * 2;
    else {
      checkText(bytes.subarray(0, to), scan.file, scan.line - 1 + scan.blanks);
      const from = takePlain(bytes.subarray(0, to));
      const end = from === to ? to : scanRows(scan, bytes, from, to, last);
      if (from < to && scan.found > 0) found(bytes, scan.cells, scan.found);
      work.copyWithin(0, end, used);
      wait = end === 0 ? used * 2 : 0;
      used -= end;
    }
    if (used > rowLimit) {
      const text = `A row of ${scan.file} has more than ${rowLimit} bytes.`;
      const next = "Close the quotes of its cells: one that stays open takes the rest of the file.";
      throw new UserError("row-too-long", text, next, { file: scan.file, line: scan.line });
    }
  };
  return {
    push(chunk) {
      for (let start = 0; start < chunk.length; ) {
        const more = Math.min(part - (used % part), chunk.length - start);
        if (used + more + 1 > work.length) {
          const larger = new Uint8Array(used + more + 1 + used);
          larger.set(work.subarray(0, used));
          work = larger;
        }
        work.set(chunk.subarray(start, start + more), used);
        used += more;
        start += more;
        if (used >= wait) take(false);
      }
    },
    end() {
      if (used === 0) return;
      if (work[used - 1] !== newline) work[used++] = newline;
      take(true);
    },
  };
}
