import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import type { FileMetaData } from "hyparquet";
import { checkDensity } from "../sources/check-growth.ts";
import { readPart } from "../sources/read-bytes.ts";
import { exactSchema, type Leaf } from "./parquet-schema.ts";

/** Largest footer in bytes. */
const footerLimit = 64 * 2 ** 20;
/** Rows of one row group; its columns are in memory one at a time. */
const groupLimit = 2 ** 24;
/** Rows that are read. */
const rowLimit = 1_000_000_000;

/** What values mean, and the types that those are stored as. @source Parquet's format description, logical types */
const storedAs: readonly [meanings: RegExp, types: RegExp][] = [
  [/^(DATE|TIME_MILLIS|U?INT_(8|16|32))$/, /^INT32$/],
  [/^(TIME_MICROS|TIMESTAMP_(MILLIS|MICROS)|U?INT_64)$/, /^INT64$/],
  [/^(UTF8|ENUM|JSON|BSON)$/, /^BYTE_ARRAY$/],
];

/** What a Parquet file says about itself, with each column's type apart, so that values come as they are stored. */
export interface ParquetFile {
  metadata: FileMetaData;
  /** The columns at the top, and those inside each. */
  columns: { name: string; leaves: Leaf[] }[];
  rows: number;
}

/** Reads the footer. @throws UserError `parquet-damaged`, `parquet-encrypted`, `parquet-too-large` */
export async function openParquetFile(source: ByteSource): Promise<ParquetFile> {
  const { size, name } = source;
  if (size < 12) return damaged(name, `it has ${size} bytes`);
  const tail = await readPart(source, size - 8, size);
  if (tail.length < 8) return damaged(name, "it ends before its size");
  const mark = Buffer.from(tail.subarray(4)).toString("latin1");
  if (mark === "PARE") {
    const next = "Write it without encryption.";
    throw new UserError("parquet-encrypted", `${name} is an encrypted Parquet file.`, next, { file: name });
  }
  if (mark !== "PAR1") return damaged(name, `its last four bytes, from byte ${size - 4}, are not PAR1`);
  const length = new DataView(tail.buffer, tail.byteOffset, 8).getUint32(0, true);
  if (length > size - 12)
    return damaged(name, `its footer has ${length} bytes by byte ${size - 8}, more than the file`);
  if (length > footerLimit) return tooLarge(name, `a footer of ${length} bytes`, "Write fewer row groups.");
  const footer = await readPart(source, size - 8 - length, size);
  const { parquetMetadata } = await import("hyparquet");
  const metadata = await guarded(name, () => parquetMetadata(exactBuffer(footer), { geoparquet: false }));
  return await guarded(name, () => checked(metadata, source));
}

function checked(metadata: FileMetaData, source: ByteSource): ParquetFile {
  let rows = 0;
  const leaves = metadata.schema.filter(({ type }) => type !== undefined);
  for (const { name, type = "", converted_type: as = "" } of leaves)
    if (storedAs.some(([meanings, types]) => meanings.test(as) && !types.test(type)))
      damaged(source.name, `the column ${name} of type ${type} says that it holds ${as}`);
  for (const [index, group] of metadata.row_groups.entries()) {
    const count = Number(group.num_rows);
    if (!(count >= 0)) damaged(source.name, `row group ${index + 1} has ${count} rows`);
    if (count > groupLimit) {
      const next = `Write row groups of at most ${groupLimit} rows, such as row_group_size=1000000.`;
      tooLarge(source.name, `a row group of ${count} rows`, next);
    }
    if (group.columns.length !== leaves.length)
      damaged(source.name, `row group ${index + 1} has ${group.columns.length} of ${leaves.length} columns`);
    for (const [place, { meta_data: meta }] of group.columns.entries()) {
      const leaf = leaves[place];
      // The decoder's types say that a name is there; a footer with a changed byte has none.
      if (!Array.isArray(meta?.path_in_schema) || meta.path_in_schema.at(-1) !== leaf?.name)
        damaged(source.name, `row group ${index + 1} has a column that is not ${leaf?.name}`);
      if (meta?.type !== leaf?.type)
        damaged(source.name, `row group ${index + 1} holds ${leaf?.name} as ${meta?.type}`);
    }
    rows += count;
  }
  if (rows !== Number(metadata.num_rows))
    damaged(source.name, `its row groups have ${rows} of ${metadata.num_rows} rows`);
  if (rows > rowLimit) tooLarge(source.name, `${rows} rows`, "Write fewer rows.");
  checkDensity(source.name, source.size, rows);
  return { metadata, columns: exactSchema(metadata), rows };
}

/** The bytes alone in a buffer, without a copy where they are that already. */
export function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  if (buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength) return buffer;
  return Uint8Array.from(bytes).buffer;
}

/** The result; what the decoder throws about broken bytes becomes a refusal. */
export async function guarded<T>(file: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UserError) throw error;
    // The decoder looks for what broken bytes do not hold; what the engine calls that helps nobody.
    if (error instanceof TypeError) return damaged(file, "its footer or one of its pages cannot be decoded");
    return damaged(file, error instanceof Error ? error.message : String(error));
  }
}

/** @throws UserError `parquet-damaged`, always */
export function damaged(file: string, why: string): never {
  throw new UserError(
    "parquet-damaged",
    `${file} is no whole Parquet file: ${why}.`,
    "Write it again; it may have been cut.",
    {
      file,
    },
  );
}

/** @throws UserError `parquet-too-large`, always */
export function tooLarge(file: string, what: string, next: string): never {
  throw new UserError("parquet-too-large", `${file} has ${what}.`, next, { file });
}
