import { parseDouble, viewOf } from "../csv/parse-double.ts";
import { reading } from "../csv/scan-rows.ts";
import { grown } from "./grown.ts";
import type { NumberRoom } from "./number-room.ts";
import { type ColumnStore, notKept } from "./stored-column.ts";

/** Keeps numbers, and the text of the first cell that holds none. @param room where they go while there is room, if not into memory of their own */
export function numberStore(rows: number, room?: NumberRoom): ColumnStore {
  let values = room?.own ?? new Float64Array(rows);
  let used = 0;
  let first = -1;
  let text = "";
  return {
    reads: () => reading.number,
    add(bytes, { starts, ends, numbers, finite }, count) {
      values = grown(values, used + count, (length) => new Float64Array(length));
      if (numbers !== undefined) values.set(numbers.subarray(0, count), used);
      else {
        const view = viewOf(bytes);
        for (let row = 0; row < count; row++)
          values[used + row] = parseDouble(bytes, starts[row] ?? 0, ends[row] ?? 0, view);
      }
      for (let row = finite === true ? count : 0; first < 0 && row < count; row++) {
        if (!Number.isNaN(values[used + row])) continue;
        first = used + row;
        text = Buffer.from(bytes.subarray(starts[row], ends[row])).toString("utf8");
      }
      used += count;
    },
    addNumbers(more) {
      values = grown(values, used + more.length, (length) => new Float64Array(length));
      values.set(more, used);
      for (let row = 0; first < 0 && row < more.length; row++) if (Number.isNaN(more[row])) first = used + row;
      used += more.length;
    },
    kept: () => ({ type: "numbers", values: values.subarray(0, used), inRoom: values === room?.own, first, text }),
    join(more) {
      if (more.type !== "numbers") return false;
      if (more.inRoom && room?.whole !== undefined && values === room.own) {
        values = room.whole;
        values.copyWithin(used, room.own.length, room.own.length + more.values.length);
      } else {
        values = grown(values, used + more.values.length, (length) => new Float64Array(length));
        values.set(more.values, used);
      }
      if (first < 0 && more.first >= 0) [first, text] = [used + more.first, more.text];
      used += more.values.length;
      return true;
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
