import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { firstRowEnd, readHeader } from "../csv/read-header.ts";
import { isBareMetric } from "../metric-files/bare-metric.ts";
import { isToolTable } from "../metric-files/tool-table.ts";
import { readPart } from "../sources/read-bytes.ts";
import { readChunks } from "../sources/read-chunks.ts";
import { csvHeader } from "../tables/csv-table.ts";
import { tableForm } from "../tables/table-form.ts";
import { chooseColumns } from "./choose-columns.ts";

const headSize = 65_536;
/** Rows of a table without a header that are looked at. */
const rowsLooked = 20;

/**
 * Whether a file is a prediction table and no metric file, by its first bytes: Parquet and NumPy arrays are; text is when it has columns that are
 * no tool's, neither metrics nor values, and is named as a table or has labels with predictions or scores. A table without a header whose rows
 * are metrics is none either.
 * @throws UserError those of `readPart`, and of `readChunks` for gzip
 */
export async function isPredictions(source: ByteSource): Promise<boolean> {
  const { name } = source;
  let head = await readPart(source, 0, Math.min(headSize, source.size));
  let form = tableForm(head, name);
  if (form === "gzip") {
    head = await inflatedHead(source);
    form = tableForm(head, name);
  }
  if (form === "json" || form === "gzip") return false;
  if (form !== "csv" && form !== "jsonl") return true;
  const columns = form === "csv" ? csvColumns(head, name) : jsonKeys(head);
  if (columns === undefined || columns.length < 2) return false;
  if (columns.some((column) => /^(?:metric|value)$/i.test(column))) return false;
  if (form === "csv" && (isToolTable(name, columns) || holdsBareMetrics(head, name, head.length === source.size)))
    return false;
  return /\.(?:csv|tsv|jsonl|ndjson)(?:\.gz)?$/i.test(name) || tellsRoles(columns, name);
}

async function inflatedHead(source: ByteSource): Promise<Uint8Array> {
  for await (const chunk of readChunks(source)) return chunk.slice(0, headSize);
  return new Uint8Array(0);
}

function csvColumns(head: Uint8Array, name: string): string[] | undefined {
  return unlessRefused(() => csvHeader(head, name).cells.map((cell) => cell.trim()));
}

/** Whether the first rows are metrics without a header; of a head that is not the whole file the last row may be cut. */
function holdsBareMetrics(head: Uint8Array, name: string, whole: boolean): boolean {
  let start = 0;
  for (let row = 0; row < rowsLooked && start < head.length; row++) {
    const end = firstRowEnd(head, start);
    if (end === head.length && row > 0 && !whole) return true;
    const from = start;
    const cells = unlessRefused(() => readHeader(head.subarray(0, end + 1), name, from).cells) ?? [];
    start = end + 1;
    if (row > 0 && cells.every((cell) => cell.trim() === "")) continue;
    if (!isBareMetric(cells) || (row === 0 && cells[1]?.trim() === "")) return false;
  }
  return true;
}

/** The keys of the first line, where the file begins with one object a line. */
function jsonKeys(head: Uint8Array): string[] | undefined {
  const text = Buffer.from(head)
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .trimStart();
  const end = text.indexOf("\n");
  const rest = end < 0 ? "" : text.slice(end).trimStart();
  if (rest !== "" && !rest.startsWith("{")) return undefined;
  try {
    const row: unknown = JSON.parse(
      (end < 0 ? text : text.slice(0, end)).replace(/:\s*(?:NaN|-?Infinity)\b/g, ":null"),
    );
    return typeof row === "object" && row !== null ? Object.keys(row) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function tellsRoles(columns: readonly string[], name: string): boolean {
  const found = unlessRefused(() => chooseColumns(columns, { slices: [] }, name));
  if (found === undefined) return false;
  const { places, classLabels, classPredictions, classScores } = found;
  const said = places.prediction !== undefined || places.score !== undefined;
  return (
    (places.label !== undefined || classLabels.length > 0) &&
    (said || classPredictions.length > 0 || classScores.length > 0)
  );
}

/** The result, or undefined where the input is refused: then the reader of the file says why. */
function unlessRefused<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
