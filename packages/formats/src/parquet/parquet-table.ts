import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { columnStore } from "../tables/column-store.ts";
import type { PredictionTable } from "../tables/open-table.ts";
import { rowPlaces } from "../tables/row-places.ts";
import { spreadLimit, spreadName } from "../tables/spread-columns.ts";
import type { ColumnStore, ColumnUse } from "../tables/stored-column.ts";
import { tableColumns } from "../tables/table-columns.ts";
import { type TextBatch, textBatch } from "../tables/text-batch.ts";
import { shown } from "../text/shown.ts";
import { isPageTexts, type PageTexts } from "./page-texts.ts";
import { openParquetFile, type ParquetFile } from "./parquet-file.ts";
import type { Leaf } from "./parquet-schema.ts";
import { readFlat } from "./read-flat.ts";
import { readGroup, rowsBefore } from "./read-group.ts";

/** A column of the table: a column at the top, or one place or field of it. */
interface ParquetColumn {
  name: string;
  top: string;
  leaf: Leaf;
  /** The place in a list (from 0), or the fields of a structure. */
  inside: readonly (string | number)[];
  /** Places of the list. */
  width?: number;
  /** Entries of any number, such as of a MAP, which are no columns. */
  entries?: true;
}

/**
 * A Parquet file. A list of numbers is one column for each place, as long as the first list; a structure one for each field.
 * One column of one row group is in memory at a time, and of the file only the wanted columns are read.
 * @throws UserError `parquet-damaged`, `parquet-encrypted`, `parquet-too-large`, `parquet-codec`, and from `read` `parquet-map`, `list-length`, `not-utf8`, `nul-byte`
 */
export async function openParquet(source: ByteSource): Promise<PredictionTable> {
  const file = await openParquetFile(source);
  const columns = await columnsOf(source, file);
  return {
    file: source.name,
    columns: columns.map(({ name }) => name),
    async read(wanted) {
      for (const [place] of wanted) if (columns[place]?.entries) refuseEntries(source.name, columns[place].top);
      const stores = wanted.map(([place, use]) => ({ column: place, use, store: columnStore(use, file.rows) }));
      const tops = new Set(stores.flatMap(({ column }) => columns[column]?.top ?? []));
      const batch = textBatch(source.name);
      for (const group of file.metadata.row_groups.keys()) {
        for (const top of tops) {
          let row = rowsBefore(file.metadata, group);
          for await (const values of valuesIn(source, file, group, top)) {
            for (const { column, use, store } of stores) {
              const found = columns[column];
              if (found?.top !== top) continue;
              if (isPageTexts(values)) addTexts(values, store, batch);
              else addValues(inside(values, found, source.name, row), found.leaf, use, store, batch);
            }
            row += values.length;
          }
        }
      }
      const stored = stores.map(({ column, use, store }) => ({ column, use, stored: store.finish() }));
      return tableColumns(source.name, file.rows, stored, rowPlaces);
    },
  };
}

/** The values of a column at the top in one row group. */
async function* valuesIn(
  source: ByteSource,
  file: ParquetFile,
  group: number,
  top: string,
): AsyncGenerator<ArrayLike<unknown> | PageTexts> {
  const leaves = file.columns.find(({ name }) => name === top)?.leaves ?? [];
  if (leaves.every(({ path, repeated }) => path.length === 1 && !repeated))
    yield* readFlat(source, file, group, top, leaves[0]?.kind === "bytes");
  else yield* await readGroup(source, file, group, top);
}

async function columnsOf(source: ByteSource, file: ParquetFile): Promise<ParquetColumn[]> {
  const columns: ParquetColumn[] = [];
  for (const { name: top, leaves } of file.columns) {
    const [leaf] = leaves;
    if (leaf === undefined) continue;
    if (leaves.length === 1 && leaf.repeated) {
      const listed = leaf.kind === "number" || leaf.kind === "flag";
      const length = listed ? await firstLength(source, file, top) : 0;
      for (let place = 0; place < Math.min(length, spreadLimit); place++)
        columns.push({ name: spreadName(top, place), top, leaf, inside: [place], width: length });
      if (length === 0) columns.push({ name: top, top, leaf, inside: [] });
      continue;
    }
    if (leaves.length > 1 && leaves.every(({ repeated }) => repeated)) {
      columns.push({ name: top, top, leaf, inside: [], entries: true });
      continue;
    }
    for (const each of leaves) {
      const fields = each.path.slice(1);
      const name = fields.length === 0 ? top : spreadName(top, fields.join("."));
      columns.push({ name, top, leaf: each, inside: fields });
    }
  }
  return columns;
}

/** @throws UserError `parquet-map`, always */
function refuseEntries(file: string, column: string): never {
  throw new UserError(
    "parquet-map",
    `The column ${shown(column)} of ${file} is a MAP or a list of structures, whose entries may differ from row to row.`,
    "Write it as a structure with one field for each class (pyarrow.struct), as a list of numbers, or as one column for each class.",
    { file },
  );
}

/** The length of the first list of numbers or booleans; 0 where there is none or where lists hold lists. */
async function firstLength(source: ByteSource, file: ParquetFile, top: string): Promise<number> {
  if (file.rows === 0) return 0;
  const group = file.metadata.row_groups.findIndex(({ num_rows }) => num_rows > 0n);
  const [values] = await readGroup(source, file, group, top, 1);
  const first: unknown = values?.[0];
  return Array.isArray(first) && !first.some(Array.isArray) ? first.length : 0;
}

/** The values of a column inside the values of the one at the top. @param row rows before them @throws UserError `list-length` */
function inside(
  values: ArrayLike<unknown>,
  { inside, top, width }: ParquetColumn,
  file: string,
  row: number,
): ArrayLike<unknown> {
  if (inside.length === 0) return values;
  return Array.from(values, (value: unknown, index) => {
    let here = value;
    if (width !== undefined && Array.isArray(value) && value.length !== width) {
      const text = `The list in ${shown(top)} of ${file} has ${value.length} items in row ${row + index + 1} and ${width} in the first.`;
      throw new UserError("list-length", text, "Give every row one number for each class.", { file });
    }
    for (const key of inside) {
      if (typeof here !== "object" || here === null) return undefined;
      here = Object.getOwnPropertyDescriptor(here, key)?.value;
    }
    return here;
  });
}

function addTexts({ length, bytes, starts, ends }: PageTexts, store: ColumnStore, batch: TextBatch): void {
  for (let row = 0; row < length; row++) batch.addBytes(bytes, starts[row] ?? 0, ends[row] ?? 0);
  batch.flush(store);
}

function addValues(values: ArrayLike<unknown>, leaf: Leaf, use: ColumnUse, store: ColumnStore, batch: TextBatch): void {
  const numbers = leaf.kind === "number" && (use === "number" || use === "value") ? numbersOf(values, use) : undefined;
  if (numbers !== undefined) {
    store.addNumbers(numbers);
    return;
  }
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value === null || value === undefined) batch.addText("");
    else if (leaf.text === undefined && value instanceof Uint8Array) batch.addBytes(value, 0, value.length);
    else if (Array.isArray(value)) batch.addText(JSON.stringify(value.map((item) => textOf(item, leaf))));
    else batch.addText(textOf(value, leaf));
  }
  batch.flush(store);
}

function textOf(value: unknown, leaf: Leaf): string {
  if (value === null || value === undefined) return "";
  if (leaf.text !== undefined) return leaf.text(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : String(value);
}

/** Values as numbers; undefined where one is a class that a double would change, or infinite, so that a message can show it. */
function numbersOf(values: ArrayLike<unknown>, use: ColumnUse): Float64Array | undefined {
  if (values instanceof Float64Array && values.every((value) => Number.isFinite(value))) return values;
  if (values instanceof BigInt64Array) return longsOf(values, use);
  const numbers = new Float64Array(values.length);
  for (let row = 0; row < numbers.length; row++) {
    const value = values[row];
    const number = typeof value === "number" ? value : typeof value === "bigint" ? Number(value) : Number.NaN;
    if (use === "value" && typeof value === "bigint" && !Number.isSafeInteger(number)) return undefined;
    if (Array.isArray(value) || Math.abs(number) === Number.POSITIVE_INFINITY) return undefined;
    numbers[row] = number;
  }
  return numbers;
}

/** Signed 64-bit numbers as doubles, by their halves, which makes no big number for each. */
function longsOf(values: BigInt64Array, use: ColumnUse): Float64Array | undefined {
  const halves = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  const numbers = new Float64Array(values.length);
  for (let row = 0; row < numbers.length; row++) {
    const number = (halves[2 * row + 1] ?? 0) * 2 ** 32 + ((halves[2 * row] ?? 0) >>> 0);
    if (use === "value" && !Number.isSafeInteger(number)) return undefined;
    numbers[row] = number;
  }
  return numbers;
}
