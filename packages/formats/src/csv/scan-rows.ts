import { UserError } from "@metricgate/core/errors/user-error";
import { indexOfByte } from "../bytes/index-of-byte.ts";
import { parseDouble, viewOf } from "./parse-double.ts";
import { readDecimal } from "./read-decimal.ts";

/** The cells of one column as byte ranges; a quoted cell's range is inside its quotes, and `quoted[i]` is 2 when it holds doubled quotes. */
export interface Cells {
  starts: Int32Array;
  ends: Int32Array;
  quoted: Uint8Array | undefined;
  /** The cells as `parseDouble` reads them, where the scan has read them already; the place of such a number may then not be told. */
  numbers?: Float64Array | undefined;
  /** None of these numbers is NaN. */
  finite?: boolean;
  /** The numbers that their texts were given with `learn`, or -1. */
  codes?: Int32Array;
  /** Remembers the number of a text, when it is short: later cells with it have it as their code. */
  learn?: ((start: number, end: number, code: number) => void) | undefined;
  /** The texts one after another, and where each ends. */
  texts?: { bytes: Uint8Array; ends: Uint32Array };
}

/** What is read of a column while its cells are found, as a sum; their places are told always. */
export const reading = { place: 1, number: 2, code: 4, text: 8 } as const;

/** What stays the same while the rows of a table are scanned, and where the scan stands. It survives the ends of chunks. */
export interface RowScan {
  file: string;
  delimiter: number;
  /** Cells of each row. */
  width: number;
  /** For each column the place among the wanted ones, or -1. */
  slots: Int32Array;
  /** For each wanted column what is read of it, as a sum of `reading`; only numbers are certain to be. May change between calls. */
  readings: Uint8Array;
  /** The cells of the rows of one call, by wanted column; they grow as needed and are used again by the next call. */
  cells: Cells[];
  /** Rows that the last call found. */
  found: number;
  /** Rows found by all calls. */
  count: number;
  /** The line, from 1, on which the next row begins. */
  line: number;
  /** Blank lines that were met and that nothing has followed yet. */
  blanks: number;
  /** A quote was met. */
  quotes: boolean;
  /** Rows after which more than one line had passed, and how many more by then: ascending. */
  longRows: { after: number; more: number }[];
}

const quote = 34;
const newline = 10;
const carriageReturn = 13;
const stop = new Int32Array(1);

/** A scan that begins on `line` and reads nothing but the places of cells. @param wanted columns to keep, by position */
export function rowScan(
  file: string,
  delimiter: number,
  width: number,
  wanted: readonly number[],
  line: number,
): RowScan {
  const slots = new Int32Array(width).fill(-1);
  wanted.forEach((column, slot) => {
    slots[column] = slot;
  });
  const cells = wanted.map((): Cells => ({ starts: new Int32Array(0), ends: new Int32Array(0), quoted: undefined }));
  const readings = new Uint8Array(wanted.length);
  return {
    file,
    delimiter,
    width,
    slots,
    readings,
    cells,
    found: 0,
    count: 0,
    line,
    blanks: 0,
    quotes: false,
    longRows: [],
  };
}

/**
 * Splits the whole rows between two offsets into the byte ranges of the wanted columns. Lines end in LF or CRLF; blank lines at the end are skipped.
 * @param to just after a newline byte, which may stand inside quotes
 * @param last nothing follows, so a quote that is open at the end is refused; otherwise its row waits for the next call
 * @returns the offset of the first row that is not whole, or `to`
 * @source RFC 4180, 2005
 * @throws UserError `row-ragged`, `quote-open`, `quote-stray` with file and line
 */
export function scanRows(scan: RowScan, bytes: Uint8Array, from: number, to: number, last: boolean): number {
  const { delimiter, width, slots, file } = scan;
  const view = viewOf(bytes);
  const fail = (code: string, what: string, next: string, line: number): never => {
    throw new UserError(code, what, next, { file, line });
  };
  const firstQuote = indexOfByte(bytes, quote, from);
  const anyQuotes = firstQuote >= 0 && firstQuote < to;
  scan.quotes ||= anyQuotes;
  const numeric = scan.readings.map((wants) => (!anyQuotes && (wants & reading.number) !== 0 ? 1 : 0));
  let room = scan.cells[0]?.starts.length ?? 0;
  room = makeRoom(scan, Math.max(room, Math.ceil((to - from) / Math.max(8, 4 * width))), 0, anyQuotes);
  let starts = scan.cells.map((cells) => cells.starts);
  let ends = scan.cells.map((cells) => cells.ends);
  let numbers = scan.cells.map((cells) => cells.numbers);
  let at = from;
  let row = 0;
  scan.found = 0;
  while (at < to) {
    const rowStart = at;
    const afterBlank = blankEnd(bytes, at);
    if (afterBlank >= 0) {
      scan.blanks++;
      at = afterBlank;
      continue;
    }
    if (scan.blanks > 0 && width > 1)
      fail("row-ragged", `A row of ${file} is blank.`, "Remove the blank line.", scan.line);
    // In a table of one column a blank line between others is an empty cell.
    while (row + scan.blanks >= room) {
      room = makeRoom(scan, room * 2, row, anyQuotes);
      starts = scan.cells.map((cells) => cells.starts);
      ends = scan.cells.map((cells) => cells.ends);
      numbers = scan.cells.map((cells) => cells.numbers);
    }
    for (; scan.blanks > 0; scan.blanks--, row++, scan.line++) {
      for (const cells of scan.cells) {
        cells.starts[row] = cells.ends[row] = rowStart;
        if (cells.numbers !== undefined) cells.numbers[row] = Number.NaN;
      }
    }
    let column = 0;
    let lines = 1;
    for (;;) {
      const slot = column < width ? (slots[column] ?? -1) : -1;
      let start = at;
      let end: number;
      let mark = 0;
      let value = Number.NaN;
      if (anyQuotes && bytes[at] === quote) {
        mark = 1;
        start = ++at;
        for (;;) {
          const close = bytes.indexOf(quote, at);
          if (close < 0 || close >= to) {
            if (last)
              fail(
                "quote-open",
                `A quoted cell of ${file} does not end.`,
                "Close the quote, or double the quotes inside it.",
                scan.line + lines - 1,
              );
            scan.found = row;
            scan.count += row;
            return rowStart;
          }
          at = close + 1;
          if (bytes[at] !== quote) break;
          mark = 2;
          at++;
        }
        end = at - 1;
        if (bytes[at] === carriageReturn && bytes[at + 1] === newline) at++;
        if (bytes[at] !== delimiter && bytes[at] !== newline)
          fail(
            "quote-stray",
            `Text follows a closing quote in ${file}.`,
            "Double the quotes inside a quoted cell.",
            scan.line + lines - 1,
          );
        for (
          let inner = bytes.indexOf(newline, start);
          inner >= 0 && inner < end;
          inner = bytes.indexOf(newline, inner + 1)
        )
          lines++;
      } else {
        let known = false;
        if (slot >= 0 && numeric[slot] === 1) {
          value = readDecimal(bytes, view, at, to, stop);
          known = !Number.isNaN(value);
          if (known) at = stop[0] ?? at;
        }
        let byte = bytes[at];
        if (known && byte === carriageReturn && bytes[at + 1] === newline) byte = bytes[++at];
        if (known && byte !== delimiter && byte !== newline) known = false;
        while (byte !== delimiter && byte !== newline) byte = bytes[++at];
        end = at;
        if (byte === newline && end > start && bytes[end - 1] === carriageReturn) end--;
        if (!known && slot >= 0 && numeric[slot] === 1) value = parseDouble(bytes, start, end, view);
      }
      if (slot >= 0) {
        const startsHere = starts[slot];
        const endsHere = ends[slot];
        if (startsHere !== undefined && endsHere !== undefined) {
          startsHere[row] = start;
          endsHere[row] = end;
        }
        if (numeric[slot] === 1) {
          const numbersHere = numbers[slot];
          if (numbersHere !== undefined) numbersHere[row] = value;
        }
        if (anyQuotes) {
          const marks = scan.cells[slot]?.quoted;
          if (marks !== undefined) marks[row] = mark;
        }
      }
      column++;
      if (bytes[at++] === newline) break;
    }
    if (column !== width) {
      const what = `A row of ${file} has ${column} cells; the header has ${width}.`;
      fail("row-ragged", what, "Write every row with the same cells; quote cells that hold the delimiter.", scan.line);
    }
    if (lines > 1) {
      const before = scan.longRows.at(-1)?.more ?? 0;
      scan.longRows.push({ after: scan.count + row, more: before + lines - 1 });
    }
    scan.line += lines;
    row++;
  }
  scan.found = row;
  scan.count += row;
  return to;
}

/** The offset after a blank line that starts here, or -1. */
function blankEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] === newline) return at + 1;
  return bytes[at] === carriageReturn && bytes[at + 1] === newline ? at + 2 : -1;
}

/** Makes the cells of one call hold that many rows, of which the first `used` are kept. */
function makeRoom(scan: RowScan, rows: number, used: number, quotes: boolean): number {
  const room = Math.max(16, rows);
  for (const [slot, cells] of scan.cells.entries()) {
    if (cells.starts.length < room) {
      cells.starts = larger(cells.starts, used, new Int32Array(room));
      cells.ends = larger(cells.ends, used, new Int32Array(room));
    }
    if (quotes || ((scan.readings[slot] ?? 0) & reading.number) === 0) cells.numbers = undefined;
    else if ((cells.numbers?.length ?? 0) < cells.starts.length)
      cells.numbers = larger(cells.numbers ?? new Float64Array(0), used, new Float64Array(cells.starts.length));
    if (!quotes) cells.quoted = undefined;
    else if (used === 0) cells.quoted = new Uint8Array(cells.starts.length);
    else if (cells.quoted !== undefined) cells.quoted = larger(cells.quoted, used, new Uint8Array(room));
  }
  return scan.cells[0]?.starts.length ?? room;
}

function larger<T extends Int32Array | Uint8Array | Float64Array>(old: T, used: number, next: T): T {
  next.set(old.subarray(0, used));
  return next;
}
