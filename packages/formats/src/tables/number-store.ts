import { parseDouble, viewOf } from "../csv/parse-double.ts";
import { grown } from "./grown.ts";
import { type ColumnStore, notKept } from "./stored-column.ts";

/** Keeps numbers, and the text of the first cell that holds none. */
export function numberStore(rows: number): ColumnStore {
  let values = new Float64Array(rows);
  let used = 0;
  let first = -1;
  let text = "";
  return {
    add(bytes, { starts, ends, numbers }, count) {
      values = grown(values, used + count, (length) => new Float64Array(length));
      const view = viewOf(bytes);
      for (let row = 0; row < count; row++) {
        const start = starts[row] ?? 0;
        const end = ends[row] ?? 0;
        const value = numbers === undefined ? parseDouble(bytes, start, end, view) : (numbers[row] ?? Number.NaN);
        values[used + row] = value;
        if (first < 0 && Number.isNaN(value)) {
          first = used + row;
          text = Buffer.from(bytes.subarray(start, end)).toString("utf8");
        }
      }
      used += count;
    },
    addNumbers(more) {
      values = grown(values, used + more.length, (length) => new Float64Array(length));
      values.set(more, used);
      for (let row = 0; first < 0 && row < more.length; row++) if (Number.isNaN(more[row])) first = used + row;
      used += more.length;
    },
    finish: () => ({
      most: 0,
      numbers: () => values.subarray(0, used),
      distinct: () => notKept("category"),
      texts: () => notKept("text"),
      firstNotNumber: () => first,
      notNumber: () => text,
    }),
  };
}
