import type { ByteSource } from "@metricgate/core/ports/byte-source";
import type { Compressors, DecodedArray, FileMetaData } from "hyparquet";
import { readPart } from "../sources/read-bytes.ts";
import { checkRuns } from "./check-runs.ts";
import { parquetCodecs } from "./codecs.ts";
import { pagesOf } from "./pages.ts";
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
  const { parquetRead } = await import("hyparquet");
  const rowStart = rowsBefore(file.metadata, group);
  const rows = Math.min(most, Number(file.metadata.row_groups[group]?.num_rows ?? 0));
  if (rows === 0) return [];
  const chunks = file.metadata.row_groups[group]?.columns.filter(
    (chunk) => chunk.meta_data?.path_in_schema[0] === column,
  );
  const compressors: Compressors = await parquetCodecs(source.name, chunks ?? []);
  if (chunks === undefined || chunks.length === 0) return damaged(source.name, `row group ${group + 1} lacks a column`);
  const whole = Number(file.metadata.row_groups[group]?.num_rows ?? 0);
  const { decompressPage } = await import("hyparquet/src/datapage.js");
  const { getSchemaPath, getMaxDefinitionLevel, getMaxRepetitionLevel } = await import("hyparquet/src/schema.js");
  for (const chunk of chunks) {
    for await (const { header, bytes, meta } of pagesOf(source, chunk, whole)) {
      const v2 = header.data_page_header_v2;
      if (v2 === undefined && header.data_page_header === undefined) continue;
      await guarded(source.name, () => {
        const path = getSchemaPath(file.metadata.schema, meta.path_in_schema);
        const levels = { definition: getMaxDefinitionLevel(path), repetition: getMaxRepetitionLevel(path) };
        const skip = v2 === undefined ? 0 : v2.definition_levels_byte_length + v2.repetition_levels_byte_length;
        const rest = bytes.subarray(skip);
        const size = header.uncompressed_page_size - skip;
        const body = v2?.is_compressed === false ? rest : decompressPage(rest, size, meta.codec, compressors);
        checkRuns(header, body, bytes, levels, meta.type === "BOOLEAN");
      });
    }
  }
  const found: DecodedArray[] = [];
  await guarded(source.name, () =>
    parquetRead({
      file: {
        byteLength: source.size,
        slice: async (start, end) => {
          const bytes = await readPart(source, start, end ?? source.size);
          if (bytes.length < (end ?? source.size) - start) damaged(source.name, `it ends before byte ${end}`);
          return exactBuffer(bytes);
        },
      },
      metadata: file.metadata,
      columns: [column],
      rowStart,
      rowEnd: rowStart + rows,
      compressors,
      utf8: false,
      geoparquet: false,
      parsers: { timestampFromNanoseconds: (nanos) => nanos },
      onChunk: ({ columnData }) => found.push(columnData),
    }),
  );
  const values = found.reduce((sum, chunk) => sum + chunk.length, 0);
  if (values < rows) damaged(source.name, `a column of row group ${group + 1} has ${values} of ${rows} values`);
  return found;
}

/** Rows of the groups before one. */
export function rowsBefore(metadata: FileMetaData, group: number): number {
  return metadata.row_groups.slice(0, group).reduce((sum, { num_rows }) => sum + Number(num_rows), 0);
}
