import type { ByteSource } from "@metricgate/core/ports/byte-source";
import type { ColumnChunk, ColumnMetaData, PageHeader } from "hyparquet";
import { crc32 } from "../numpy/crc32.ts";
import { readPart } from "../sources/read-bytes.ts";
import { damaged, guarded, tooLarge } from "./parquet-file.ts";

/** Bytes that a page may hold when it is inflated. */
const pageLimit = 256 * 2 ** 20;
/** Bytes that a column of a row group may have in the file. */
const chunkLimit = 2 ** 31 - 1;
/** Bytes in which the header of a page must end. */
const headerLimit = 1 << 16;
/** Values of one column of a row group, lists included. */
const valueLimit = 2 ** 26;

/** One page of a column, whose sizes were held against what the row group states. */
export interface Page {
  /** Where its bytes begin in the file, after its header. */
  at: number;
  header: PageHeader;
  /** Still compressed, and alone in its buffer. */
  bytes: Uint8Array;
  meta: ColumnMetaData;
}

/**
 * The pages of one column in one row group, one at a time, so that a decoder allocates no more than there is.
 * @param rows of the row group
 * @throws UserError `parquet-damaged`, `parquet-too-large`
 */
export async function* pagesOf(source: ByteSource, chunk: ColumnChunk, rows: number): AsyncGenerator<Page> {
  const { parquetHeader } = await import("hyparquet/src/column.js");
  const { meta_data: meta, file_path: elsewhere } = chunk;
  const { name } = source;
  if (meta === undefined || elsewhere !== undefined) return damaged(name, "its columns are in other files");
  // A column without rows may have no page, and then its place means nothing.
  if (rows === 0 && Number(meta.num_values) === 0) return;
  const { start, end } = chunkRange(meta, source);
  const stated = Number(meta.num_values);
  if (!(stated >= rows)) damaged(name, `a column states ${stated} values for ${rows} rows`);
  if (stated > valueLimit) tooLarge(name, `a column of ${stated} values in a row group`, "Write smaller row groups.");
  let held = new Uint8Array(0);
  let heldAt = 0;
  const bytesAt = async (from: number, to: number): Promise<Uint8Array> => {
    if (from < heldAt || to > heldAt + held.length) {
      held = new Uint8Array(exact(await readPart(source, from, Math.min(end, Math.max(to, from + (1 << 20))))));
      heldAt = from;
    }
    return held.subarray(from - heldAt, to - heldAt);
  };
  let values = 0;
  for (let at = start; at < end && values < stated; ) {
    const head = await bytesAt(at, Math.min(end, at + headerLimit));
    const reader = { view: new DataView(head.buffer, head.byteOffset, head.byteLength), offset: 0 };
    const header = await guarded(name, () => parquetHeader(reader));
    const size = whole(header.compressed_page_size);
    const inflated = whole(header.uncompressed_page_size);
    const body = at + reader.offset;
    if (!(size >= 0 && inflated >= 0 && body + size <= end)) damaged(name, `the page at byte ${at} has ${size} bytes`);
    if (inflated > pageLimit) tooLarge(name, `a page of ${inflated} bytes at byte ${at}`, "Write smaller pages.");
    const count = whole(valuesOf(header));
    const most = header.type === "DICTIONARY_PAGE" ? inflated * 8 : stated - values;
    if (!(count >= 0 && count <= most)) damaged(name, `the page at byte ${at} has ${count} values`);
    const entries = header.dictionary_page_header;
    if (entries !== undefined && !/^PLAIN(_DICTIONARY)?$/.test(entries.encoding))
      damaged(name, `the dictionary at byte ${at} is encoded as ${entries.encoding}`);
    const bytes = new Uint8Array(exact(await bytesAt(body, body + size)));
    if (bytes.length < size) damaged(name, `it ends inside the page at byte ${at}`);
    if (header.crc !== undefined && crc32(bytes) !== header.crc >>> 0)
      damaged(name, `the checksum of the page at byte ${at} is not that of its bytes`);
    yield { at: body, header, bytes, meta };
    if (header.type !== "DICTIONARY_PAGE") values += count;
    at = body + size;
  }
  if (values < stated) damaged(name, `a column has ${values} of ${stated} values`);
}

/** Where the pages of a column lie in the file. @throws UserError `parquet-damaged`, `parquet-too-large` */
export function chunkRange(meta: ColumnMetaData, source: ByteSource): { start: number; end: number } {
  const data = Number(meta.data_page_offset);
  const dictionary = Number(meta.dictionary_page_offset ?? 0);
  const start = dictionary > 0 ? Math.min(dictionary, data) : data;
  const end = start + Number(meta.total_compressed_size);
  if (!(start >= 4 && end >= start && end <= source.size))
    damaged(source.name, `a column lies at bytes ${start} to ${end}, and the file has ${source.size}`);
  if (end - start > chunkLimit) tooLarge(source.name, `a column of ${end - start} bytes`, "Write smaller row groups.");
  return { start, end };
}

function exact(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

/** A size; −1 where the bytes hold a value of another type, which the decoder does not look at. */
function whole(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : -1;
}

function valuesOf({ type, dictionary_page_header, data_page_header, data_page_header_v2: v2 }: PageHeader): number {
  if (type === "DICTIONARY_PAGE") return dictionary_page_header?.num_values ?? -1;
  if (type === "DATA_PAGE") return data_page_header?.num_values ?? -1;
  if (type !== "DATA_PAGE_V2") return 0;
  if (v2 === undefined || !(v2.num_nulls >= 0 && v2.num_nulls <= v2.num_values)) return -1;
  return v2.num_values;
}
