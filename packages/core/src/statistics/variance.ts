import type { CategoryColumn, RowTable } from "../tables/row-table.ts";
import { sumOf } from "./sum.ts";

/** The standard error that influence values imply, in the metric's unit, with its degrees of freedom. */
export interface Spread {
  stderr: number;
  df: number;
  /** Independent units: rows, or groups when there is a `group` column. */
  units: number;
}

/** The `group` column of the rows, when they have one. */
export function groupOf(rows: RowTable): CategoryColumn | undefined {
  const column = rows.columns.get("group");
  return column?.type === "category" ? column : undefined;
}

/**
 * The standard error of a metric whose influence values (of the rows `at`, else of all) sum to 0:
 * √(n/(n−1) Σ d²) with df n − 1; with groups √(G/(G−1) Σ_g (Σ_{i∈g} d_i)²) with df G − 1 (cluster-robust, Liang and Zeger 1986).
 * Undefined when there are fewer than two units.
 */
export function spreadOf(
  influence: Float64Array,
  group: CategoryColumn | undefined,
  at: Int32Array | undefined,
): Spread | undefined {
  const sums = group === undefined ? influence : groupSums(influence, group, at);
  const units = sums.length;
  if (units < 2) return undefined;
  const squares = sumOf(units, (i) => (sums[i] ?? 0) ** 2);
  return { stderr: Math.sqrt((squares * units) / (units - 1)), df: units - 1, units };
}

/** The influence of each group that occurs. */
function groupSums(
  influence: Float64Array,
  { codes, names }: CategoryColumn,
  at: Int32Array | undefined,
): Float64Array {
  const sums = new Float64Array(names.length);
  const occurs = new Uint8Array(names.length);
  for (let i = 0; i < influence.length; i++) {
    const code = codes[at === undefined ? i : (at[i] ?? -1)] ?? -1;
    sums[code] = (sums[code] ?? 0) + (influence[i] ?? 0);
    occurs[code] = 1;
  }
  return sums.filter((_, code) => occurs[code] === 1);
}
