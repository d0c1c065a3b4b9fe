import { dictionary } from "../csv/dictionary.ts";
import { parseDouble } from "../csv/parse-double.ts";
import { reading } from "../csv/scan-rows.ts";
import { unquoted } from "../csv/unquoted.ts";
import { grown } from "./grown.ts";
import { type ColumnStore, type KeptColumn, notKept, type StoredColumn } from "./stored-column.ts";

/** Keeps codes of distinct texts. Beyond `most` of them it keeps nothing more. */
export function categoryStore(rows: number, most: number): ColumnStore {
  const codes = codeStore(rows, most);
  return {
    reads: () => reading.code,
    add: (bytes, cells, count) => {
      codes.add(bytes, cells, 0, count);
    },
    addNumbers: (values) => {
      codes.addNumbers(values, 0);
    },
    finish: () => codes.finish(),
    kept: () => codes.kept(),
    join: (more) => codes.join(more),
  };
}

/** The codes of a column. Each `add` begins at a cell and returns the first that was not taken for being one text too many. */
export interface CodeStore {
  add(bytes: Uint8Array, cells: Parameters<ColumnStore["add"]>[1], from: number, count: number): number;
  addNumbers(values: Float64Array, from: number): number;
  finish(): StoredColumn;
  kept(): KeptCodes | undefined;
  /** As that of a column's store, but when it cannot it still is what it was. */
  join(more: KeptColumn): boolean;
}

type KeptCodes = Extract<KeptColumn, { type: "codes" }>;

/** An empty store of codes. */
export function codeStore(rows: number, most: number): CodeStore {
  const names = dictionary(most);
  const known = new Map<number, number>();
  let codes = new Int32Array(rows);
  let used = 0;
  let full = false;
  let numbers: Float64Array | undefined;
  const take = (code: number): boolean => {
    if (code < 0) full = true;
    else codes[used++] = code;
    return code >= 0;
  };
  return {
    add(bytes, { starts, ends, quoted, codes: read, learn }, from, count) {
      codes = grown(codes, used + count - from, (length) => new Int32Array(length));
      for (let row = full ? count : from; row < count; row++) {
        const told = read === undefined ? -1 : (read[row] ?? -1);
        if (told >= 0) {
          codes[used++] = told;
          continue;
        }
        const start = starts[row] ?? 0;
        const end = ends[row] ?? 0;
        const known = end - start === 1 ? names.codeOfByte(bytes[start] ?? 0) : -1;
        if (known >= 0) codes[used++] = known;
        else if (quoted?.[row] === 2) {
          const text = unquoted(bytes, start, end);
          if (!take(names.code(text, 0, text.length))) return row;
        } else if (!take(names.code(bytes, start, end))) return row;
        learn?.(start, end, codes[used - 1] ?? -1);
      }
      return full ? from : count;
    },
    addNumbers(values, from) {
      codes = grown(codes, used + values.length - from, (length) => new Int32Array(length));
      for (let row = full ? values.length : from; row < values.length; row++) {
        const value = values[row] ?? Number.NaN;
        let code = known.get(value);
        if (code === undefined) {
          const text = Buffer.from(Number.isNaN(value) ? "" : String(value));
          code = names.code(text, 0, text.length);
          if (code >= 0) known.set(value, code);
        }
        if (!take(code)) return row;
      }
      return full ? from : values.length;
    },
    kept: () => (full ? undefined : { type: "codes", codes: codes.subarray(0, used), names: names.texts() }),
    join(more) {
      if (full || more.type !== "codes") return false;
      const { bytes, ends } = more.names;
      // A name that no row has, since another was one too many, does no harm: it comes behind all others.
      const moved = Int32Array.from(ends, (end, code) =>
        names.code(bytes, code === 0 ? 0 : (ends[code - 1] ?? 0), end),
      );
      if (moved.some((code) => code < 0)) return false;
      codes = grown(codes, used + more.codes.length, (length) => new Int32Array(length));
      for (let row = 0; row < more.codes.length; row++) codes[used + row] = moved[more.codes[row] ?? -1] ?? -1;
      used += more.codes.length;
      return true;
    },
    finish: () => ({
      most,
      numbers: () => {
        numbers ??= numbersOf(names.names(), codes.subarray(0, used));
        return numbers;
      },
      firstNotNumber: () => firstNotNumber(names.names(), codes.subarray(0, used)),
      distinct: () => (full ? undefined : { codes: codes.subarray(0, used), names: names.names() }),
      texts: () => notKept("text"),
      notNumber: (row) => names.names()[codes[row] ?? -1] ?? "",
    }),
  };
}

/** Codes of distinct texts as the numbers that they stand for. */
export function numbersOfCodes({ codes, names: { bytes, ends } }: KeptCodes): KeptColumn {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const names = Array.from(ends, (end, code) => text.toString("utf8", code === 0 ? 0 : (ends[code - 1] ?? 0), end));
  const first = firstNotNumber(names, codes);
  return {
    type: "numbers",
    values: numbersOf(names, codes),
    inRoom: false,
    first,
    text: names[codes[first] ?? -1] ?? "",
  };
}

/** Each name as a number; NaN where it is none. */
function valuesOf(names: readonly string[]): Float64Array {
  return Float64Array.from(names, (name) => {
    const bytes = Buffer.from(name, "utf8");
    return parseDouble(bytes, 0, bytes.length);
  });
}

/** Names come in the order of their first rows, so the first that is no number has the first such row. */
function firstNotNumber(names: readonly string[], codes: Int32Array): number {
  const code = valuesOf(names).findIndex(Number.isNaN);
  return code < 0 ? -1 : codes.indexOf(code);
}

function numbersOf(names: readonly string[], codes: Int32Array): Float64Array {
  const values = valuesOf(names);
  const numbers = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++) numbers[row] = values[codes[row] ?? -1] ?? Number.NaN;
  return numbers;
}
