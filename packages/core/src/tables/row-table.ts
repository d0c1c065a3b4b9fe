/** A column of finite doubles. */
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
 * Columns are `label`, `prediction`, `score` (the positive class), `score:CLASS`, `weight`, `group`, and `slice:NAME` for each slice column.
 */
export interface RowTable {
  count: number;
  ids: readonly string[];
  columns: ReadonlyMap<string, Column>;
}
