import type { TextCells } from "@metricgate/core/tables/text-cells";

/**
 * A cell of every row, and what stands before it: texts, which are written as they are unless they hold what CSV quotes or JSON escapes;
 * codes of names; or numbers, of which NaN is written as nothing.
 */
export type RowPart = { before: string } & (
  | { texts: TextCells; form: "csv" | "json" }
  | { codes: Int32Array; names: readonly Uint8Array[] }
  | { numbers: Float64Array }
);
