import type { Metric } from "@metricgate/core/documents/evaluation";
import { cellReader } from "../csv/cell-text.ts";
import { readHeader } from "../csv/read-header.ts";
import { scanCsv } from "../csv/scan-csv.ts";
import { bareColumns, isBareMetric } from "./bare-metric.ts";
import type { Found } from "./found-metric.ts";
import { hasDecimalComma, looksLikeNumber, measured } from "./number-text.ts";
import type { Refuse } from "./refuse.ts";

const headerWanted = "Give it the header metric,value and one metric a row.";
const named = new Map([
  ["metric", "metric"],
  ["name", "metric"],
  ["key", "metric"],
  ["value", "value"],
  ["unit", "unit"],
  ["direction", "direction"],
  ["stderr", "stderr"],
  ["n", "n"],
]);

/**
 * Metrics of a table with one metric a row: `metric,value` and optionally `unit`, `direction`, `stderr`, `n`. The header may be left out; then the columns are in this order.
 * An empty value is a metric without a value.
 * @throws UserError `metric-shape`, `metric-field`, `metric-is-text`, `decimal-comma`, and those of `scanCsv`
 */
export function tableMetrics(text: string, file: string, refuse: Refuse): Found {
  const bytes = Buffer.from(text, "utf8");
  const head = readHeader(bytes, file, 0);
  const width = head.cells.length;
  const roles = head.cells.map((cell) => named.get(cell.trim().toLowerCase()));
  const hasHeader = roles.includes("metric") && roles.includes("value");
  if (!hasHeader && !(looksLikeNumber(head.cells[1] ?? "") && isBareMetric(head.cells))) {
    return refuse.shape(`${file} has no columns metric and value.`, headerWanted, 0);
  }
  const order: (string | undefined)[] = hasHeader ? roles : bareColumns.slice(0, width);
  const all = head.cells.map((_, index) => index);
  const table = scanCsv(bytes, file, hasHeader ? head.rowsAt : 0, head.delimiter, width, all);
  const reader = cellReader(bytes);
  const characters = offsets(bytes, text);
  const found: Found = { metrics: [], ignored: [] };
  for (let row = 0; row < table.count; row++) {
    const at = characters(table.columns[0]?.starts[row] ?? 0);
    const cell = (role: string): string | undefined => {
      const column = table.columns[order.indexOf(role)];
      const found = column === undefined ? "" : reader.text(column, row).trim();
      return found === "" ? undefined : found;
    };
    if (!hasHeader) refuseOther(cell("metric") ?? "", cell("value") ?? "", cell("unit") ?? "", at, refuse, file);
    found.metrics.push({ at, metric: metricOfRow(cell, at, refuse) });
  }
  return found;
}

/** Without a header `accuracy=0,9` and `accuracy;0,9` look as rows with a name that ends in 0, and rows of predictions as metrics that are called by numbers. */
function refuseOther(name: string, value: string, unit: string, at: number, refuse: Refuse, file: string): void {
  const [, before, whole] = /^([^=;\t]+?)\s*[=;\t]\s*([+-]?\d+)$/.exec(name) ?? [];
  const text = `${whole},${value}`;
  if (before !== undefined && hasDecimalComma(text)) refuse.decimalComma(before, text, at);
  if (!looksLikeNumber(name) && !looksLikeNumber(unit)) return;
  const is = looksLikeNumber(name) ? `the number ${name} for a name` : `the number ${unit} for a unit`;
  refuse.shape(`${file} has no columns metric and value, and without them a row has ${is}.`, headerWanted, at);
}

function metricOfRow(cell: (role: string) => string | undefined, at: number, refuse: Refuse): Omit<Metric, "from"> {
  const name = cell("metric") ?? "";
  const value = cell("value");
  const number = (role: string): number | undefined => {
    const text = cell(role);
    if (text === undefined) return undefined;
    const parsed = Number(text);
    return Number.isFinite(parsed) && parsed >= 0 ? parsed : refuse.field(name, role, "a number of at least 0", at);
  };
  if (value !== undefined && hasDecimalComma(value)) return refuse.decimalComma(name, value, at);
  if (value !== undefined && !looksLikeNumber(value)) return refuse.field(name, "value", "a number", at);
  const unit = cell("unit");
  if (unit !== undefined && unit.length > 12) return refuse.field(name, "unit", "a text of at most 12 characters", at);
  const direction = cell("direction");
  if (direction !== undefined && direction !== "up" && direction !== "down" && direction !== "near") {
    return refuse.field(name, "direction", "up, down or near", at);
  }
  const stderr = number("stderr");
  const n = number("n");
  if (n !== undefined && !Number.isInteger(n)) return refuse.field(name, "n", "a whole number of at least 0", at);
  return {
    name,
    ...(value === undefined ? { undefined: "null" } : measured(Number(value))),
    ...(unit === undefined ? {} : { unit }),
    ...(direction === undefined ? {} : { direction }),
    ...(stderr === undefined ? {} : { stderr }),
    ...(n === undefined ? {} : { n }),
  };
}

/** The character offset of a byte offset; they are one in ASCII text. */
function offsets(bytes: Uint8Array, text: string): (byte: number) => number {
  if (bytes.length === text.length) return (byte) => byte;
  let seenByte = 0;
  let seenCharacter = 0;
  return (byte) => {
    seenCharacter += Buffer.from(bytes.buffer, bytes.byteOffset + seenByte, byte - seenByte).toString("utf8").length;
    seenByte = byte;
    return seenCharacter;
  };
}
