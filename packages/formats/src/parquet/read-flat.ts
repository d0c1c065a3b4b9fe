import type { ByteSource } from "@metricgate/core/ports/byte-source";
import type { ColumnDecoder, DecodedArray } from "hyparquet/src/types.js";
import { checkRuns } from "./check-runs.ts";
import { parquetCodecs } from "./codecs.ts";
import { levelBytes, pageInflater } from "./inflated-page.ts";
import { type PageTexts, pageTexts } from "./page-texts.ts";
import { pagesOf } from "./pages.ts";
import { damaged, guarded, type ParquetFile } from "./parquet-file.ts";

/**
 * The values of a column that is neither list nor structure in one row group, page by page; null where there is none.
 * @param texts the values are texts, which may come as ranges of bytes
 * @throws UserError `parquet-damaged`, `parquet-too-large`, `parquet-codec`
 */
export async function* readFlat(
  source: ByteSource,
  { metadata }: ParquetFile,
  group: number,
  column: string,
  texts: boolean,
): AsyncGenerator<ArrayLike<unknown> | PageTexts> {
  const rowGroup = metadata.row_groups[group];
  const chunk = rowGroup?.columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === column);
  const element = metadata.schema.find(({ name, num_children }) => name === column && !num_children);
  if (rowGroup === undefined || chunk?.meta_data === undefined || element === undefined)
    return damaged(source.name, `row group ${group + 1} lacks the column ${column}`);
  const [{ readDataPage, readDataPageV2 }, { readPlain }, { convert, convertWithDictionary, DEFAULT_PARSERS }] =
    await Promise.all([
      import("hyparquet/src/datapage.js"),
      import("hyparquet/src/plain.js"),
      import("hyparquet/src/convert.js"),
    ]);
  const [inflatedPage, compressors] = await Promise.all([pageInflater(), parquetCodecs(source.name, [chunk])]);
  const { codec, type } = chunk.meta_data;
  const root = { children: [], count: 0, path: [] };
  const decoder: ColumnDecoder = {
    pathInSchema: [column],
    type,
    element,
    schemaPath: [
      { ...root, element: metadata.schema[0] ?? element },
      { ...root, element, path: [column] },
    ],
    codec,
    compressors,
    utf8: false,
    parsers: { ...DEFAULT_PARSERS, timestampFromNanoseconds: (nanos) => nanos },
  };
  // As the decoder takes it: a kind of repetition that nobody knows has levels too.
  const most = element.repetition_type === "REQUIRED" ? 0 : 1;
  let dictionary: DecodedArray | undefined;
  for await (const { header, bytes } of pagesOf(source, chunk, Number(rowGroup.num_rows))) {
    const { data_page_header: v1, data_page_header_v2: v2, dictionary_page_header: entries } = header;
    const values = await guarded(source.name, async () => {
      if (header.type === "DICTIONARY_PAGE") {
        const page = inflatedPage({ header, bytes, codec }, compressors);
        const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
        dictionary = convert(
          readPlain({ view, offset: 0 }, type, entries?.num_values ?? 0, element.type_length),
          decoder,
        );
        return undefined;
      }
      if (v1 === undefined && v2 === undefined) return undefined;
      const page = inflatedPage({ header, bytes, codec }, compressors);
      checkRuns(
        header,
        page.subarray(levelBytes(header)),
        page,
        { definition: most, repetition: 0 },
        type === "BOOLEAN",
      );
      if (texts && type === "BYTE_ARRAY") {
        const ranges = await pageTexts(header, page, most === 1);
        if (ranges !== undefined) return ranges;
      }
      const data =
        v2 !== undefined
          ? readDataPageV2(page, { ...header, data_page_header_v2: { ...v2, is_compressed: false } }, decoder)
          : v1 && readDataPage(page, v1, decoder);
      if (data === undefined) return undefined;
      const encoding = v2?.encoding ?? v1?.encoding ?? "PLAIN";
      if (encoding.endsWith("_DICTIONARY")) refuseOutside(data.dataPage, dictionary);
      const stored = convertWithDictionary(data.dataPage, dictionary, encoding, decoder);
      return withNulls(stored, data.definitionLevels, most, v2?.num_values ?? v1?.num_values ?? 0);
    });
    if (values !== undefined) yield values;
  }
}

/** @throws RangeError for a code that the dictionary lacks, which would read as a missing value */
function refuseOutside(codes: DecodedArray, dictionary: DecodedArray | undefined): void {
  const length = dictionary?.length ?? 0;
  for (const code of codes) if (!(code >= 0 && code < length)) throw new RangeError("a value is not in its dictionary");
}

function withNulls(
  stored: DecodedArray,
  levels: readonly number[] | undefined,
  most: number,
  count: number,
): ArrayLike<unknown> {
  if (levels === undefined || levels.length === 0 || most === 0) {
    if (stored.length !== count) throw new RangeError(`a page has ${stored.length} of ${count} values`);
    return stored;
  }
  const values = new Array<unknown>(count).fill(null);
  let at = 0;
  for (let row = 0; row < count; row++) {
    const level = levels[row];
    if (level === undefined || level > most) throw new RangeError("the levels of a page break off");
    if (level === most) values[row] = stored[at++];
  }
  if (at !== stored.length) throw new RangeError("the missing values of a page are not as many as it says");
  return values;
}
