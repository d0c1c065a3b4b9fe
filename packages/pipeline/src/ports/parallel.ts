import type { MeasuredTable, TableRequest } from "../compare/measure-table.ts";

/** Work in another thread. What comes back is equal to what the same work gives in this one. */
export interface Parallel {
  measureTable(request: TableRequest): Promise<MeasuredTable>;
}
