import { reading } from "../csv/scan-rows.ts";
import { unquoted } from "../csv/unquoted.ts";
import { grown } from "./grown.ts";
import { type ColumnStore, notKept } from "./stored-column.ts";

/** Keeps the text of every row. */
export function textStore(rows: number): ColumnStore {
  // Room that is not written to is not there yet, and a copy into a larger array would for a moment be both.
  let kept = new Uint8Array(Math.min(rows * 40, 2 ** 30));
  let offsets = new Uint32Array(rows + 1);
  let size = 0;
  let used = 0;
  const make = (length: number) => new Uint8Array(length);
  const room = (more: number): void => {
    offsets = grown(offsets, used + more + 1, (length) => new Uint32Array(length));
  };
  const addWhole = (text: Uint8Array): void => {
    kept = grown(kept, size + text.length, make);
    kept.set(text, size);
    size += text.length;
    offsets[++used] = size;
  };
  return {
    reads: () => reading.text,
    add(bytes, { starts, ends, quoted, texts }, count) {
      room(count);
      if (texts !== undefined) {
        const all = texts.ends[count - 1] ?? 0;
        kept = grown(kept, size + all, make);
        kept.set(texts.bytes.subarray(0, all), size);
        for (let row = 0; row < count; row++) offsets[used + row + 1] = size + (texts.ends[row] ?? 0);
        used += count;
        size += all;
        return;
      }
      for (let row = 0; row < count; row++) {
        const start = starts[row] ?? 0;
        const end = ends[row] ?? 0;
        if (quoted?.[row] === 2) {
          addWhole(unquoted(bytes, start, end));
          continue;
        }
        if (size + end - start > kept.length) kept = grown(kept, size + end - start, make);
        for (let at = start; at < end; at++) kept[size++] = bytes[at] ?? 0;
        offsets[++used] = size;
      }
    },
    addNumbers(values) {
      room(values.length);
      for (const value of values) addWhole(Buffer.from(Number.isNaN(value) ? "" : String(value)));
    },
    kept: () => ({ type: "texts", bytes: kept.subarray(0, size), offsets: offsets.subarray(0, used + 1) }),
    join(more) {
      if (more.type !== "texts") return false;
      const count = more.offsets.length - 1;
      room(count);
      kept = grown(kept, size + more.bytes.length, make);
      kept.set(more.bytes, size);
      for (let row = 1; row <= count; row++) offsets[used + row] = size + (more.offsets[row] ?? 0);
      used += count;
      size += more.bytes.length;
      return true;
    },
    finish: () => ({
      most: 0,
      numbers: () => notKept("number"),
      distinct: () => notKept("category"),
      firstNotNumber: () => notKept("number"),
      texts: () => ({ count: used, bytes: kept.subarray(0, size), offsets: offsets.subarray(0, used + 1) }),
      notNumber: () => notKept("number"),
    }),
  };
}
