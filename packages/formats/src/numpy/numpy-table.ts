import type { Note } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { checkDensity } from "../sources/check-growth.ts";
import { readPart } from "../sources/read-bytes.ts";
import { columnStore } from "../tables/column-store.ts";
import type { PredictionTable } from "../tables/open-table.ts";
import { rowPlaces } from "../tables/row-places.ts";
import { spreadLimit, spreadName } from "../tables/spread-columns.ts";
import type { ColumnUse, StoredColumn, Wanted } from "../tables/stored-column.ts";
import { tableColumns } from "../tables/table-columns.ts";
import { textBatch } from "../tables/text-batch.ts";
import { shown } from "../text/shown.ts";
import { type ArrayBytes, addColumn, checkSize } from "./npy-array.ts";
import { headerLimit, type NpyField, type NpyHeader, readNpyHeader } from "./npy-header.ts";
import { zipBytes, zipEntries } from "./zip.ts";

/** An array of the file, whose bytes are read when a column of it is. */
interface NamedArray {
  name: string;
  file: string;
  header: NpyHeader;
  bytes(): Promise<ArrayBytes>;
}

interface NumpyColumn {
  name: string;
  array: NamedArray;
  field: NpyField;
  place: number;
}

/**
 * Arrays of NumPy: those of a `.npz` by their names, or a structured array of a `.npy` by its fields. An array of two dimensions is one column
 * for each of its own; arrays without rows, or with more dimensions, are none.
 * @throws UserError `npy-broken`, `npy-pickle`, `npy-type`, `npy-names`, `zip-broken`, `zip-method`, `inflated-too-large`, and from `read` `npy-rows`
 */
export async function openNumpy(source: ByteSource): Promise<PredictionTable> {
  const head = await readPart(source, 0, Math.min(headerLimit, source.size));
  if (head[0] === 0x80) refusePickle(source.name);
  const arrays = head[0] === 0x93 ? [plainArray(source, head)] : await arraysOf(source);
  const columns = arrays.flatMap(columnsOf);
  if (columns.length === 0) {
    const refused = arrays.find(({ header }) => header.refused !== undefined)?.header.refused;
    if (refused !== undefined) throw refused;
    throw new UserError(
      "npy-names",
      `${source.name} holds no arrays with names and rows, so nothing says which of them are labels and scores.`,
      "Save them by name: numpy.savez(path, id=…, y_true=…, y_score=…).",
      { file: source.name },
    );
  }
  return {
    file: source.name,
    columns: columns.map(({ name }) => name),
    notes: leftOut(arrays, source.name),
    read: (wanted) => readColumns(source, columns, wanted),
  };
}

async function readColumns(
  { name: file, size }: ByteSource,
  columns: readonly NumpyColumn[],
  wanted: readonly Wanted[],
) {
  const used = wanted.flatMap(([place, use]) => {
    const column = columns[place];
    return column === undefined ? [] : [{ place, use, column }];
  });
  const rows = used[0]?.column.array.header.shape[0] ?? 0;
  const other = used.find(({ column }) => column.array.header.shape[0] !== rows)?.column.array;
  if (other !== undefined) {
    const first = used[0]?.column.array.name ?? "";
    const text = `${shown(first)} in ${file} has ${rows} rows, and ${shown(other.name)} has ${other.header.shape[0]}.`;
    throw new UserError("npy-rows", text, "Save arrays of one length, in the same order.", { file });
  }
  const batch = textBatch(file);
  const stored: { column: number; use: ColumnUse; stored: StoredColumn }[] = [];
  for (const array of new Set(used.map(({ column }) => column.array))) {
    if (array.header.refused !== undefined) throw array.header.refused;
    // Only what is really there says how much room its rows need.
    const bytes = await array.bytes();
    checkDensity(file, size, rows);
    for (const { column, place, use } of used) {
      if (column.array !== array) continue;
      const store = columnStore(use, rows);
      await addColumn(bytes, array.header, column.field, column.place, file, use, store, batch);
      stored.push({ column: place, use, stored: store.finish() });
    }
  }
  return tableColumns(file, rows, stored, rowPlaces);
}

/** Arrays that are no columns are named: one of them may be what was meant. */
function leftOut(arrays: readonly NamedArray[], file: string): Note[] {
  const left = arrays.filter(({ header }) => header.shape.length > 2);
  if (left.length === 0) return [];
  const few = left.slice(0, 5).map(({ name, header }) => `${shown(name)} (${header.shape.join(" × ")})`);
  const text = `Arrays of ${file} with more than two dimensions were left out: ${few.join(", ")}${left.length > 5 ? " and more" : ""}.`;
  return [{ code: "arrays-left-out", text }];
}

function columnsOf(array: NamedArray): NumpyColumn[] {
  const { header, name } = array;
  const { shape, fields, structured } = header;
  if (shape.length === 0 || shape.length > 2) return [];
  if (structured) return shape.length > 1 ? [] : fields.map((field) => ({ name: field.name, array, field, place: 0 }));
  const [field] = fields;
  if (field === undefined || name === "") return [];
  const width = shape[1] ?? 1;
  if (width === 1) return [{ name, array, field, place: 0 }];
  return Array.from({ length: Math.min(width, spreadLimit) }, (_, place) => ({
    name: spreadName(name, place),
    array,
    field,
    place,
  }));
}

/** @throws UserError `npy-pickle`, always */
function refusePickle(file: string): never {
  throw new UserError(
    "npy-pickle",
    `${file} is a pickle of Python, which only running code can read, so it is not read.`,
    "Save arrays of plain types by numpy.savez(path, id=…, y_true=…, y_score=…).",
    { file },
  );
}

function plainArray(source: ByteSource, head: Uint8Array): NamedArray {
  const header = readNpyHeader(head, source.name);
  checkSize(header, source.size, source.name);
  const slice = (start: number, end: number): Promise<Uint8Array> => readPart(source, start, end);
  return { name: "", file: source.name, header, bytes: async () => ({ size: source.size, slice }) };
}

async function arraysOf(source: ByteSource): Promise<NamedArray[]> {
  const arrays: NamedArray[] = [];
  for (const entry of await zipEntries(source)) {
    const name = /^(.*)\.npy$/.exec(entry.name)?.[1];
    if (name === undefined) continue;
    const file = `${source.name}/${name}`;
    const head = await zipBytes(source, entry, Math.min(headerLimit, entry.size));
    if (head[0] === 0x80) refusePickle(file);
    const header = readNpyHeader(head, file);
    checkSize(header, entry.size, file);
    arrays.push({
      name,
      file,
      header,
      async bytes() {
        const bytes = await zipBytes(source, entry);
        return { size: bytes.length, slice: async (start, end) => bytes.subarray(start, end) };
      },
    });
  }
  return arrays;
}
