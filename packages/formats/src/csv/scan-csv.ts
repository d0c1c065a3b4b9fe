import { UserError } from "@metricgate/core/errors/user-error";
import { lineOfByte } from "../text/decode-text.ts";

/** The cells of one column as byte ranges; a quoted cell's range is inside its quotes, and `quoted[i]` is 2 when it holds doubled quotes. */
export interface Cells {
  starts: Int32Array;
  ends: Int32Array;
  quoted: Uint8Array | undefined;
}

/** A scanned table: the wanted columns, in the order they were asked for. */
export interface Scanned {
  count: number;
  columns: readonly Cells[];
}

const quote = 34;
const newline = 10;
const carriageReturn = 13;

/**
 * Splits the rows of a delimited table into the byte ranges of the wanted columns. Lines end in LF or CRLF; blank lines at the end are skipped.
 * @param start offset of the first row
 * @param width cells of each row
 * @param wanted columns to keep, by position
 * @source RFC 4180, 2005
 * @throws UserError `row-ragged`, `quote-open`, `quote-stray`, `lone-cr` with file and line
 */
export function scanCsv(
  bytes: Uint8Array,
  name: string,
  start: number,
  delimiter: number,
  width: number,
  wanted: readonly number[],
): Scanned {
  const fail = (code: string, what: string, next: string, at: number): never => {
    throw new UserError(code, what, next, { file: name, line: lineOfByte(bytes, at) });
  };
  const slots = new Int32Array(width).fill(-1);
  wanted.forEach((column, slot) => {
    slots[column] = slot;
  });
  const anyQuotes = bytes.indexOf(quote, start) >= 0;
  let room = Math.max(16, Math.ceil((bytes.length - start) / Math.max(8, 4 * width)));
  let starts = wanted.map(() => new Int32Array(room));
  let ends = wanted.map(() => new Int32Array(room));
  let quoted = wanted.map(() => (anyQuotes ? new Uint8Array(room) : undefined));
  const grow = (): void => {
    room *= 2;
    starts = starts.map((old) => grown(old, new Int32Array(room)));
    ends = ends.map((old) => grown(old, new Int32Array(room)));
    quoted = quoted.map((old) => (old === undefined ? undefined : grown(old, new Uint8Array(room))));
  };

  const length = bytes.length;
  let count = 0;
  let at = start;
  while (at < length) {
    const rowStart = at;
    let end = blankEnd(bytes, at);
    if (end >= 0) {
      while (end < length && blankEnd(bytes, end) >= 0) end = blankEnd(bytes, end);
      if (end < length && width > 1) fail("row-ragged", `A row of ${name} is blank.`, "Remove the blank line.", at);
      if (end >= length) break;
    }
    if (count === room) grow();
    let column = 0;
    for (;;) {
      let from = at;
      let to = at;
      let mark = 0;
      if (anyQuotes && bytes[at] === quote) {
        mark = 1;
        from = ++at;
        for (;;) {
          const close = bytes.indexOf(quote, at);
          if (close < 0)
            return fail(
              "quote-open",
              `A quoted cell of ${name} does not end.`,
              "Close the quote, or double the quotes inside it.",
              from,
            );
          at = close + 1;
          if (bytes[at] !== quote) break;
          mark = 2;
          at++;
        }
        to = at - 1;
        const after = bytes[at];
        const ended =
          at >= length ||
          after === delimiter ||
          after === newline ||
          (after === carriageReturn && bytes[at + 1] === newline);
        if (!ended)
          return fail(
            "quote-stray",
            `Text follows a closing quote in ${name}.`,
            "Double the quotes inside a quoted cell.",
            at,
          );
        if (after === carriageReturn) at++;
      } else {
        let byte = bytes[at] ?? newline;
        while (byte !== delimiter && byte !== newline) {
          if (++at >= length) break;
          byte = bytes[at] ?? newline;
        }
        to = at;
        if (byte !== delimiter && bytes[to - 1] === carriageReturn && to > from) to--;
      }
      const slot = slots[column] ?? -1;
      if (slot >= 0 && column < width) {
        const startsHere = starts[slot];
        const endsHere = ends[slot];
        if (startsHere !== undefined && endsHere !== undefined) {
          startsHere[count] = from;
          endsHere[count] = to;
        }
        const marks = quoted[slot];
        if (marks !== undefined) marks[count] = mark;
      }
      column++;
      const stop = at >= length || bytes[at] === newline;
      at++;
      if (stop) break;
    }
    if (column !== width) {
      const what = `A row of ${name} has ${column} cells; the header has ${width}.`;
      return fail(
        "row-ragged",
        what,
        "Write every row with the same cells; quote cells that hold the delimiter.",
        rowStart,
      );
    }
    count++;
  }
  const columns = wanted.map(
    (_, slot): Cells => ({
      starts: (starts[slot] ?? new Int32Array(0)).subarray(0, count),
      ends: (ends[slot] ?? new Int32Array(0)).subarray(0, count),
      quoted: quoted[slot]?.subarray(0, count),
    }),
  );
  return { count, columns };
}

/** The offset after a blank line that starts here, or -1. */
function blankEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] === newline) return at + 1;
  return bytes[at] === carriageReturn && bytes[at + 1] === newline ? at + 2 : -1;
}

function grown<T extends Int32Array | Uint8Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
