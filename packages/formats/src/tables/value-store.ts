import { reading } from "../csv/scan-rows.ts";
import { codeStore, numbersOfCodes } from "./category-store.ts";
import type { NumberRoom } from "./number-room.ts";
import { numberStore } from "./number-store.ts";
import { type ColumnStore, mostDistinct, type StoredColumn } from "./stored-column.ts";

/** Keeps codes while the distinct texts are few; once they are many, numbers. */
export function valueStore(rows: number, room?: NumberRoom): ColumnStore {
  const codes = codeStore(rows, mostDistinct.value);
  let many: ColumnStore | undefined;
  let before: StoredColumn | undefined;
  const spilled = (): ColumnStore => {
    if (many !== undefined) return many;
    before = codes.finish();
    many = numberStore(rows, room);
    many.addNumbers(before.numbers());
    return many;
  };
  return {
    reads: () => (many === undefined ? reading.code : reading.number),
    add(bytes, cells, count) {
      const from = many === undefined ? codes.add(bytes, cells, 0, count) : 0;
      if (many === undefined && from === count) return;
      const { starts, ends, quoted, numbers } = cells;
      const rest = {
        starts: starts.subarray(from),
        ends: ends.subarray(from),
        quoted: quoted?.subarray(from),
        numbers: numbers?.subarray(from),
      };
      spilled().add(bytes, rest, count - from);
    },
    addNumbers(values) {
      const from = many === undefined ? codes.addNumbers(values, 0) : 0;
      if (many === undefined && from === values.length) return;
      spilled().addNumbers(values.subarray(from));
    },
    kept() {
      if (many === undefined) return codes.kept();
      const numbers = many.kept();
      const first = before?.firstNotNumber() ?? -1;
      if (numbers?.type !== "numbers" || before === undefined || first < 0) return numbers;
      return { ...numbers, first, text: before.notNumber(first) };
    },
    join(more) {
      if (many === undefined && codes.join(more)) return true;
      return spilled().join(more.type === "codes" ? numbersOfCodes(more) : more);
    },
    finish() {
      if (many === undefined) return codes.finish();
      const numbers = many.finish();
      const first = before?.firstNotNumber() ?? -1;
      return {
        ...numbers,
        most: mostDistinct.value,
        distinct: () => undefined,
        firstNotNumber: () => (first >= 0 ? first : numbers.firstNotNumber()),
        notNumber: (row) => (first >= 0 && before !== undefined ? before.notNumber(first) : numbers.notNumber(row)),
      };
    },
  };
}
