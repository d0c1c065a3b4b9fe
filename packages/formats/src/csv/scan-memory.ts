import { decimalConstantsSize, writeDecimalConstants } from "../kernels/decimal-constants.ts";
import { loadKernel } from "../kernels/load-kernel.ts";
import { memoryPlaces } from "../kernels/memory-places.ts";
import { scanCode } from "../kernels/scan-code.ts";
import { reading } from "./scan-rows.ts";

/** The functions of kernels/scan.ts, all offsets from the start of the memory. */
interface ScanKernel {
  scan(plan: number, from: number, to: number): number;
  learn(table: number, at: number, length: number, code: number): void;
}

/** The kernel's memory: what it is told and tells, and by wanted column where it writes. */
export interface ScanMemory {
  run: ScanKernel;
  /** Where the rows to be scanned go, and how the kernel calls their first byte. */
  bytes: Uint8Array;
  bytesAt: number;
  columns: readonly ColumnMemory[];
  /** Says what is read of a wanted column. */
  read(slot: number, wants: number): void;
  /** The offset, from `bytesAt`, at which the last scan stopped. */
  end(): number;
  /** Row and column, in turn, of each number that the last scan did not read. */
  unread(): Int32Array;
}

/** What the kernel writes of one column, by row. */
export interface ColumnMemory {
  starts: Int32Array;
  ends: Int32Array;
  numbers: Float64Array;
  codes: Int32Array;
  texts: { bytes: Uint8Array; ends: Uint32Array };
  /** Where the texts stand that the kernel knows. */
  table: number;
}

// As the classes Plan and Column of kernels/scan.ts have them.
const planSize = 48;
const [unreadCountAt, endAt] = [24, 28];
const columnSize = 36;
/** Bytes that the kernel may read or write beyond what it was told of. */
const margin = 64;
const tableSize = 256 * 16;
/** Numbers of one call that the kernel may leave to `parseDouble`. */
const mostUnread = 4096;

/** Memory for scans of up to `part` bytes. The other parameters are those of `plainScan`. */
export function scanMemory(part: number, delimiter: number, slots: Int32Array, first: Uint8Array): ScanMemory {
  // A row has a byte for each cell at least.
  const rows = Math.ceil(part / slots.length);
  const { take, size } = memoryPlaces();
  const planAt = take(planSize);
  const columnsAt = take(slots.length * columnSize);
  const knownAt = take(decimalConstantsSize);
  const unreadAt = take(mostUnread * 8);
  const bytesAt = take(margin + part + margin) + margin;
  const endsAt = take(part * 4 + margin);
  const places = Array.from(first, (wants) => ({
    starts: take(rows * 4),
    ends: take(rows * 4),
    numbers: take(rows * 8),
    codes: take((wants & reading.code) === 0 ? 0 : rows * 4),
    table: take((wants & reading.code) === 0 ? 0 : tableSize),
    texts: take((wants & reading.text) === 0 ? 0 : part + margin),
    textEnds: take((wants & reading.text) === 0 ? 0 : rows * 4),
  }));
  const { run, memory } = loadKernel<ScanKernel>(scanCode, size());
  const view = new DataView(memory);
  const write = (at: number, values: readonly number[]): void => {
    values.forEach((value, place) => {
      view.setUint32(at + place * 4, value, true);
    });
  };
  write(planAt, [delimiter, slots.length, columnsAt, knownAt, unreadAt, mostUnread, 0, 0, endsAt]);
  writeDecimalConstants(view, knownAt);
  const columnOf = new Int32Array(first.length);
  for (const [column, slot] of slots.entries()) {
    const place = places[slot];
    if (place === undefined) continue;
    columnOf[slot] = column;
    const { starts, ends, numbers, codes, table, texts, textEnds } = place;
    write(columnsAt + column * columnSize, [0, starts, ends, numbers, codes, table, texts, textEnds]);
  }
  return {
    run,
    bytes: new Uint8Array(memory, bytesAt, part),
    bytesAt,
    columns: places.map(({ starts, ends, numbers, codes, texts, textEnds, table }, slot) => {
      const has = (use: number): number => (((first[slot] ?? 0) & use) === 0 ? 0 : rows);
      return {
        starts: new Int32Array(memory, starts, rows),
        ends: new Int32Array(memory, ends, rows),
        numbers: new Float64Array(memory, numbers, rows),
        codes: new Int32Array(memory, codes, has(reading.code)),
        texts: {
          bytes: new Uint8Array(memory, texts, has(reading.text) && part),
          ends: new Uint32Array(memory, textEnds, has(reading.text)),
        },
        table,
      };
    }),
    read(slot, wants) {
      view.setUint32(columnsAt + (columnOf[slot] ?? 0) * columnSize, reading.place | wants, true);
    },
    end: () => view.getUint32(planAt + endAt, true) - bytesAt,
    unread: () => new Int32Array(memory, unreadAt, 2 * view.getUint32(planAt + unreadCountAt, true)),
  };
}
