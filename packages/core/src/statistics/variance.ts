import type { Counted } from "../documents/verdict.ts";
import type { Measured } from "../metrics/measured.ts";
import type { CategoryColumn, RowTable } from "../tables/row-table.ts";
import { unitsOf } from "./bootstrap/units.ts";
import { type Combined, squaresByStratum } from "./squares-by-stratum.ts";
import { sumOfSquares, sumOfSquaresAt } from "./sum.ts";

/** The standard error that influence values imply, in the metric's unit, with its degrees of freedom. */
export interface Spread {
  stderr: number;
  df: number;
  /** Independent units: rows, or groups when there is a column of them. */
  units: number;
}

/** The columns whose values are independent units, and what many of them are called; the first that the rows have counts. */
const UNIT_COLUMNS: readonly (readonly [string, Counted["of"]])[] = [
  ["group", "groups"],
  ["query", "queries"],
  ["series", "series"],
];

/** The column of the units that count as independent: `group`, else `query`, else `series`; undefined when the rows do. */
export function groupOf(rows: RowTable): CategoryColumn | undefined {
  return unitColumn(rows)?.column;
}

/** How many independent units there are among the rows (those of `at`, when given), and what they are called; undefined when the rows are. */
export function countedUnits(rows: RowTable, at?: Int32Array): Counted | undefined {
  const found = unitColumn(rows);
  if (found === undefined) return undefined;
  return { of: found.of, n: unitsOf(at?.length ?? rows.count, found.column, at).count };
}

function unitColumn(rows: RowTable): { column: CategoryColumn; of: Counted["of"] } | undefined {
  for (const [name, of] of UNIT_COLUMNS) {
    const column = rows.columns.get(name);
    if (column?.type === "category") return { column, of };
  }
  return undefined;
}

/**
 * The standard error of a metric whose influence values (of the rows `at`, else of all) sum to 0:
 * √(n/(n−1) Σ d²) with df n − 1; with groups √(G/(G−1) Σ_g (Σ_{i∈g} d_i)²) with df G − 1 (cluster-robust, Liang and Zeger 1986).
 * With `strata` (0 or 1 by row, without groups) each is corrected by its own size, which is DeLong's variance (1988), df endless.
 * Undefined when there are fewer than two units, in all or in a stratum.
 */
export function spreadOf(
  influence: Float64Array,
  group: CategoryColumn | undefined,
  at: Int32Array | undefined,
  strata?: Uint8Array,
): Spread | undefined {
  if (group === undefined && strata !== undefined)
    return strataSpread({ a: influence, byA: 1, b: influence, byB: 0 }, strata);
  const sums = group === undefined ? influence : groupSums(influence, group, at);
  return rowSpread(sumOfSquares(sums), sums.length);
}

/** The same of a measured metric, without its influence by row where its cells tell as much. */
export function spreadOfMeasured(
  measured: Measured,
  group: CategoryColumn | undefined,
  at: Int32Array | undefined,
  strata?: Uint8Array,
): Spread | undefined {
  const { cells } = measured;
  if (cells !== undefined && group === undefined)
    return rowSpread(sumOfSquaresAt(cells.slopes, cells.of), cells.of.length);
  return spreadOf(measured.influence, group, at, strata);
}

/** The same of independent units, from the sum of the squares of their influence. */
export function rowSpread(squares: number, units: number): Spread | undefined {
  if (units < 2) return undefined;
  return { stderr: Math.sqrt((squares * units) / (units - 1)), df: units - 1, units };
}

/** DeLong's variance: that of each stratum by its own number of rows. */
export function strataSpread(values: Combined, strata: Uint8Array): Spread | undefined {
  const [zero, one] = squaresByStratum(values, strata);
  if (one.rows < 2 || zero.rows < 2) return undefined;
  const variance = (one.squares * one.rows) / (one.rows - 1) + (zero.squares * zero.rows) / (zero.rows - 1);
  return { stderr: Math.sqrt(variance), df: Number.POSITIVE_INFINITY, units: zero.rows + one.rows };
}

/** The influence of each group that occurs. */
export function groupSums(
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
