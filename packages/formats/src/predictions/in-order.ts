import type { Column } from "@metricgate/core/tables/row-table";

/** The columns with their rows in another order: `order[i]` is the row that comes to place i; as they are without one. */
export function inOrder(columns: ReadonlyMap<string, Column>, order: Int32Array | undefined): Map<string, Column> {
  if (order === undefined) return new Map(columns);
  return new Map(Array.from(columns, ([name, column]) => [name, moved(column, order)]));
}

function moved(column: Column, order: Int32Array): Column {
  if (column.type === "number") {
    const values = new Float64Array(order.length);
    for (let i = 0; i < order.length; i++) values[i] = column.values[order[i] ?? -1] ?? Number.NaN;
    return { type: "number", values };
  }
  const codes = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) codes[i] = column.codes[order[i] ?? -1] ?? -1;
  return { ...column, codes };
}
