import type { TextCells } from "@metricgate/core/tables/text-cells";
import type { Cells } from "../csv/scan-rows.ts";

/**
 * What a column will be asked for, which decides how little of it is kept:
 * `number` numbers only, 8 bytes a row · `value` numbers or classes, not yet known which (few distinct texts are kept as codes, many as numbers) ·
 * `category` distinct texts, 4 bytes a row and each text once · `text` the whole text of each row, such as ids.
 */
export type ColumnUse = "number" | "value" | "category" | "text";

/** A column by its place in the header, and what it is read for. A column may be wanted for several uses. */
export type Wanted = readonly [column: number, use: ColumnUse];

/** Distinct texts of one column that are read as categories, by use. */
export const mostDistinct = { value: 1_000, category: 1_000_000 } as const;

/** Takes the cells of one column batch by batch, in row order. */
export interface ColumnStore {
  /** What helps it to have been read of the next cells, of `reading`. */
  reads(): number;
  /** Adds `count` cells as ranges of UTF-8 bytes, which are not kept. */
  add(bytes: Uint8Array, cells: Cells, count: number): void;
  /** Adds finite numbers, or NaN for cells without one. */
  addNumbers(values: Float64Array): void;
  /** What was added. Call it once, at the end. */
  finish(): StoredColumn;
  /** What was added, as plain data; undefined when there were too many distinct texts. Call it once, in place of `finish`. */
  kept(): KeptColumn | undefined;
  /** Adds the cells that another store of the same use has kept. False when it cannot, and is of no use any more. */
  join(more: KeptColumn): boolean;
}

/**
 * The cells of one column as a store keeps them: numbers (NaN for none) with the row and the text of the first that is none, or -1;
 * codes of distinct texts in the order of their first rows; or the text of each row.
 * `inRoom` says that the numbers stand in the second part of a `numberRoom`. Texts stand one after another, with where each ends; `offsets` begins with 0.
 */
export type KeptColumn =
  | { type: "numbers"; values: Float64Array; inRoom: boolean; first: number; text: string }
  | { type: "codes"; codes: Int32Array; names: { bytes: Uint8Array; ends: Uint32Array } }
  | { type: "texts"; bytes: Uint8Array; offsets: Uint32Array };

/** One column as it was kept. A reading that its use does not allow throws a RangeError. */
export interface StoredColumn {
  /** NaN where a cell holds no finite number. Not with `text`. */
  numbers(): Float64Array;
  /** Distinct texts in the order of their first rows; undefined when there are more than `mostDistinct`. With `value` and `category`. */
  distinct(): { codes: Int32Array; names: string[] } | undefined;
  /** With `text`. */
  texts(): TextCells;
  /** Distinct texts that are kept at the most. */
  most: number;
  /** The first row without a number, or -1. Not with `text`. */
  firstNotNumber(): number;
  /** The text of the first cell without a number, for a message. */
  notNumber(row: number): string;
}

/** Refuses a reading that the use of a column does not allow. */
export function notKept(use: ColumnUse): never {
  throw new RangeError(`the column was not read as ${use}`);
}
