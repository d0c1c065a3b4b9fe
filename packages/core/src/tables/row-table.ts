import type { TextCells } from "./text-cells.ts";

/** A column of finite doubles; in a column `value:NAME` NaN where a row has no number. */
export interface NumberColumn {
  type: "number";
  values: Float64Array;
}

/** A column of categories: `codes[i]` indexes `names`, which are distinct and sorted by code point. An empty cell is the name "". */
export interface CategoryColumn {
  type: "category";
  codes: Int32Array;
  names: readonly string[];
}

export type Column = NumberColumn | CategoryColumn;

/**
 * The rows of an evaluation by column, sorted by id (code point order), ids unique.
 * Columns are `label`, `prediction`, `score` (the positive class), `score:CLASS`, `label:CLASS` and `prediction:CLASS` (multilabel, 0 or 1),
 * `query` (ranking), `series`, `lower`, `upper` and `scale` (forecasting), `value:NAME`, `weight`, `group`, and `slice:NAME` for each slice column.
 * The units that count as independent are the groups, else the queries or series, else the rows.
 */
export interface RowTable {
  count: number;
  ids: TextCells;
  columns: ReadonlyMap<string, Column>;
}
