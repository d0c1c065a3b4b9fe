import { categoryStore } from "./category-store.ts";
import type { NumberRoom } from "./number-room.ts";
import { numberStore } from "./number-store.ts";
import { type ColumnStore, type ColumnUse, mostDistinct } from "./stored-column.ts";
import { textStore } from "./text-store.ts";
import { valueStore } from "./value-store.ts";

/**
 * An empty store.
 * @param rows how many rows are expected, about; more are taken too
 * @param room for its numbers, where two threads fill the column
 */
export function columnStore(use: ColumnUse, rows: number, room?: NumberRoom): ColumnStore {
  if (use === "number") return numberStore(rows, room);
  if (use === "value") return valueStore(rows, room);
  return use === "category" ? categoryStore(rows, mostDistinct.category) : textStore(rows);
}
