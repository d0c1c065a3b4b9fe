import type { ByteSource } from "@metricgate/core/ports/byte-source";
import type { ColumnChunk, Compressors, DecodedArray, FileMetaData } from "hyparquet";
import { readPart } from "../sources/read-bytes.ts";
import { checkRuns } from "./check-runs.ts";
import { parquetCodecs } from "./codecs.ts";
import { levelBytes } from "./inflated-page.ts";
import { chunkRange, pagesOf } from "./pages.ts";
import { damaged, exactBuffer, guarded, type ParquetFile } from "./parquet-file.ts";

/**
 * The values of one column of lists or structures in one row group, in one or more arrays.
 * @param most rows to read from the start of the group
 * @throws UserError `parquet-damaged`, `parquet-too-large`, `parquet-codec`
 */
export async function readGroup(
  source: ByteSource,
  file: ParquetFile,
  group: number,
  column: string,
  most = Number.POSITIVE_INFINITY,
): Promise<DecodedArray[]> {
  const held = file.metadata.row_groups[group];
  const whole = Number(held?.num_rows ?? 0);
  const rows = Math.min(most, whole);
  if (rows === 0) return [];
  const chunks = held?.columns.filter(({ meta_data: meta }) => meta?.path_in_schema[0] === column) ?? [];
  if (held === undefined || chunks.length === 0) return damaged(source.name, `row group ${group + 1} lacks a column`);
  const [{ parquetSchema }, { assembleAsync, readRowGroup }, compressors] = await Promise.all([
    import("hyparquet"),
    import("hyparquet/src/rowgroup.js"),
    parquetCodecs(source.name, chunks),
  ]);
  const checked = await checkedInflaters(source, file, chunks, whole, compressors);
  const plan = {
    rowGroup: held,
    groupStart: rowsBefore(file.metadata, group),
    groupRows: whole,
    selectStart: 0,
    selectEnd: rows,
    chunks: chunks.flatMap(({ meta_data: meta }) => {
      if (meta === undefined) return [];
      const { start, end } = chunkRange(meta, source);
      return [{ columnMetadata: meta, range: { startByte: start, endByte: end } }];
    }),
  };
  const options = {
    file: {
      byteLength: source.size,
      slice: async (start: number, end = source.size) => {
        const bytes = await readPart(source, start, end);
        if (bytes.length < end - start) damaged(source.name, `it ends before byte ${end}`);
        const buffer = exactBuffer(bytes);
        checked.starts.set(buffer, start);
        return buffer;
      },
    },
    metadata: file.metadata,
    compressors: checked.compressors,
    utf8: false,
    geoparquet: false,
    parsers: { timestampFromNanoseconds: (nanos: bigint) => nanos },
  };
  const found = await guarded(source.name, async () => {
    const read = readRowGroup(options, { metadata: file.metadata, rowStart: 0, fetches: [], groups: [plan] }, plan);
    const { asyncColumns } = assembleAsync(read, parquetSchema(file.metadata), options.parsers);
    const parts = await Promise.all(asyncColumns.map(({ data }) => data));
    return parts.flatMap(({ data }) => data);
  });
  const values = found.reduce((sum, chunk) => sum + chunk.length, 0);
  if (values < rows) damaged(source.name, `a column of row group ${group + 1} has ${values} of ${rows} values`);
  return found;
}

/**
 * Walks the pages of the chunks, and gives inflaters that hold each page's runs against its header when it is inflated, so that it is inflated
 * once. `starts` must know where in the file each buffer begins that the pages come from. Pages that are not compressed are held at once.
 */
async function checkedInflaters(
  source: ByteSource,
  { metadata }: ParquetFile,
  chunks: readonly ColumnChunk[],
  rows: number,
  compressors: Compressors,
): Promise<{ compressors: Compressors; starts: WeakMap<ArrayBufferLike, number> }> {
  const { getSchemaPath, getMaxDefinitionLevel, getMaxRepetitionLevel } = await import("hyparquet/src/schema.js");
  const starts = new WeakMap<ArrayBufferLike, number>();
  const checks = new Map<number, (body: Uint8Array) => void>();
  for (const chunk of chunks) {
    for await (const { at, header, bytes, meta } of pagesOf(source, chunk, rows)) {
      const { data_page_header: v1, data_page_header_v2: v2 } = header;
      const skip = levelBytes(header);
      const levelsOnly = bytes.slice(0, skip);
      const most = await guarded(source.name, () => {
        const path = getSchemaPath(metadata.schema, meta.path_in_schema);
        return { definition: getMaxDefinitionLevel(path), repetition: getMaxRepetitionLevel(path) };
      });
      const check = (body: Uint8Array): void => {
        if (v1 !== undefined || v2 !== undefined) checkRuns(header, body, levelsOnly, most, meta.type === "BOOLEAN");
      };
      if (meta.codec === "UNCOMPRESSED" || v2?.is_compressed === false)
        await guarded(source.name, () => check(bytes.subarray(skip)));
      else checks.set(at + skip, check);
    }
  }
  const held = Object.entries(compressors).map(([codec, inflate]): [string, typeof inflate] => [
    codec,
    (bytes, size) => {
      const check = checks.get((starts.get(bytes.buffer) ?? Number.NaN) + bytes.byteOffset);
      if (check === undefined) throw new RangeError("a page lies where none was found");
      const body = inflate(bytes, size);
      check(body);
      return body;
    },
  ]);
  return { compressors: Object.fromEntries(held), starts };
}

/** Rows of the groups before one. */
export function rowsBefore(metadata: FileMetaData, group: number): number {
  return metadata.row_groups.slice(0, group).reduce((sum, { num_rows }) => sum + Number(num_rows), 0);
}
