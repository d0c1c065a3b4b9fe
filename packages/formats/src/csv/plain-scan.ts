import { parseDouble } from "./parse-double.ts";
import { type ColumnMemory, type ScanMemory, scanMemory } from "./scan-memory.ts";
import { type Cells, reading } from "./scan-rows.ts";

/** Splits rows of cells without quotes as `scanRows` does, several times as fast. */
export interface PlainScan {
  /**
   * Scans rows of up to `part` bytes, the last of which is a newline, and tells where it stopped: behind them, or at a row that it does not know how to read.
   * @param readings what is read of each wanted column, as a sum of `reading`
   */
  scan(bytes: Uint8Array, readings: Uint8Array): number;
  /** The cells of the last call, by wanted column; written over by the next. */
  cells: readonly Cells[];
  /** Rows that the last call found. */
  found: number;
}

/** Texts of a column that the kernel knows at the most: half of its places. */
const mostKnown = 128;
/** The longest text that it can know. */
const longest = 7;

/**
 * A scan of rows of `slots.length` cells.
 * @param slots for each column the place among the wanted ones, or -1
 * @param first what is read of each wanted column; later calls may change to numbers, but not to codes or texts
 */
export function plainScan(part: number, delimiter: number, slots: Int32Array, first: Uint8Array): PlainScan {
  const memory = scanMemory(part, delimiter, slots, first);
  const columns = memory.columns.map((column) => ({ ...column, learn: learning(memory, column.table) }));
  const scan: PlainScan = {
    cells: [],
    found: 0,
    scan(bytes, readings) {
      memory.bytes.set(bytes);
      for (const [slot, wants] of readings.entries()) memory.read(slot, wants);
      const { bytesAt } = memory;
      scan.found = memory.run.scan(0, bytesAt, bytesAt + bytes.length);
      const withNone = readRest(bytes, memory, slots, scan.found);
      scan.cells = columns.map((column, slot) => cellsOf(column, readings[slot] ?? 0, !withNone.has(slot)));
      return memory.end();
    },
  };
  return scan;
}

function cellsOf(column: ColumnMemory & { learn: Cells["learn"] }, wants: number, finite: boolean): Cells {
  const { starts, ends, numbers, codes, texts, learn } = column;
  return {
    starts,
    ends,
    quoted: undefined,
    ...((wants & reading.number) !== 0 && { numbers, finite }),
    ...((wants & reading.code) !== 0 && { codes, learn }),
    ...((wants & reading.text) !== 0 && { texts }),
  };
}

/** Reads the numbers that the kernel has left: few, or not numbers. Gives the wanted columns where a cell holds none. */
function readRest(bytes: Uint8Array, memory: ScanMemory, slots: Int32Array, rows: number): Set<number> {
  const bad = new Set<number>();
  const unread = memory.unread();
  for (let place = 0; place < unread.length; place += 2) {
    const row = unread[place] ?? 0;
    const slot = slots[unread[place + 1] ?? 0] ?? -1;
    const column = memory.columns[slot];
    if (column === undefined || row >= rows) continue;
    const value = parseDouble(bytes, column.starts[row] ?? 0, column.ends[row] ?? 0);
    column.numbers[row] = value;
    if (Number.isNaN(value)) bad.add(slot);
  }
  return bad;
}

function learning({ run, bytesAt }: ScanMemory, table: number): NonNullable<Cells["learn"]> {
  const known = new Set<number>();
  return (start, end, code) => {
    if (end - start > longest || known.size >= mostKnown || known.has(code)) return;
    known.add(code);
    run.learn(table, bytesAt + start, end - start, code);
  };
}
