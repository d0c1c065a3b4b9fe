import { categoryStore } from "./category-store.ts";
import { numberStore } from "./number-store.ts";
import { type ColumnStore, type ColumnUse, mostDistinct } from "./stored-column.ts";
import { textStore } from "./text-store.ts";
import { valueStore } from "./value-store.ts";

/** An empty store. @param rows how many rows are expected, about; more are taken too */
export function columnStore(use: ColumnUse, rows: number): ColumnStore {
  if (use === "number") return numberStore(rows);
  if (use === "value") return valueStore(rows);
  return use === "category" ? categoryStore(rows, mostDistinct.category) : textStore(rows);
}
