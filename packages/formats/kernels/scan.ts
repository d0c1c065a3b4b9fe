import { copy } from "./copy";
import { decimal } from "./decimal";
import { findEnds } from "./find-ends";
import { codeOf } from "./known-texts";
import { plainDecimal } from "./plain-decimal";

export { learn } from "./known-texts";

const newline: u32 = 10;
const carriageReturn: u32 = 13;

/** What is read of a column, as a sum; 1 is the place of its cells, which is told but for numbers. */
const number: u32 = 2;
const code: u32 = 4;
const text: u32 = 8;
const onlyNumber: u32 = 3;

/** What the host tells of a scan, and what it is told. All offsets are from the start of the memory. */
@unmanaged
class Plan {
  delimiter: u32;
  width: u32;
  columns: usize;
  /** What `decimal` knows. */
  known: usize;
  /** Gets row and column of each number that could not be read. */
  unread: usize;
  unreadMost: u32;
  unreadCount: u32;
  /** The first byte that was not scanned. */
  end: usize;
  /** Room for the offset of each delimiter and newline. */
  ends: usize;
}

/** One column: what is read of it, and where that goes, by row. */
@unmanaged
class Column {
  reading: u32;
  starts: usize;
  ends: usize;
  numbers: usize;
  codes: usize;
  /** The texts that have a number already. */
  table: usize;
  /** The texts one after another, and where each ends among them. */
  texts: usize;
  textEnds: usize;
  textSize: u32;
}

/**
 * Splits rows of cells without quotes, each of `width` cells, and reads what is wanted of them. It stops at the first row that is not so, such as a blank one.
 * @returns the number of rows
 */
export function scan(plan: Plan, from: usize, to: usize): i32 {
  const columnSize = offsetof<Column>();
  const last = plan.columns + <usize>(plan.width - 1) * columnSize;
  for (let column = plan.columns; column <= last; column += columnSize) changetype<Column>(column).textSize = 0;
  const known = plan.known;
  const cells = findEnds(plan.ends, from, to, plan.delimiter);
  let cell = plan.ends;
  let unread: u32 = 0;
  let row: i32 = 0;
  let start = from;
  while (cell < cells) {
    const begin = start;
    const first = <u32>load<u8>(start);
    let whole = first !== newline && first !== carriageReturn;
    for (let place = plan.columns; whole && place <= last; place += columnSize) {
      const column = changetype<Column>(place);
      const next = <usize>load<u32>(cell);
      cell += 4;
      whole = (<u32>load<u8>(next) === newline) === (place === last);
      let end = next;
      if (place === last && end > start && <u32>load<u8>(end - 1) === carriageReturn) end--;
      const reading = column.reading;
      if (reading !== 0) {
        const at = <usize>row << 2;
        let value: f64 = 0;
        if ((reading & number) !== 0) {
          value = plainDecimal(start, end, known);
          if (value !== value) value = decimal(start, end, known);
          store<f64>(column.numbers + (at << 1), value);
          if (value !== value) {
            whole = whole && unread < plan.unreadMost;
            if (whole) {
              const noted = plan.unread + (unread++ << 3);
              store<i32>(noted, row);
              store<u32>(noted, <u32>((place - plan.columns) / columnSize), 4);
            }
          }
        }
        // Nobody asks for the place of a number that was read.
        if (reading !== onlyNumber || value !== value) {
          store<u32>(column.starts + at, <u32>(start - from));
          store<u32>(column.ends + at, <u32>(end - from));
        }
        if ((reading & code) !== 0) store<i32>(column.codes + at, codeOf(column.table, start, end - start));
        if ((reading & text) !== 0) {
          const size = column.textSize;
          copy(column.texts + size, start, end - start);
          column.textSize = size + <u32>(end - start);
          store<u32>(column.textEnds + at, column.textSize);
        }
      }
      start = next + 1;
    }
    if (!whole) {
      start = begin;
      break;
    }
    row++;
  }
  plan.unreadCount = unread;
  plan.end = start;
  return row;
}
