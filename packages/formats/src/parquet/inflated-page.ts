import type { CompressionCodec, Compressors, PageHeader } from "hyparquet";

/** The bytes of a page; of version 2 with its levels, which are never compressed. @throws Error when they are not as many as the header says */
export async function pageInflater(): Promise<
  (page: { header: PageHeader; bytes: Uint8Array; codec: CompressionCodec }, compressors: Compressors) => Uint8Array
> {
  const { decompressPage } = await import("hyparquet/src/datapage.js");
  return ({ header, bytes, codec }, compressors) => {
    const { data_page_header_v2: v2, uncompressed_page_size: size } = header;
    if (v2?.is_compressed === false) return bytes;
    const skip = levelBytes(header);
    const body = decompressPage(bytes.subarray(skip), size - skip, codec, compressors);
    if (skip === 0) return body;
    const page = new Uint8Array(skip + body.length);
    page.set(bytes.subarray(0, skip));
    page.set(body, skip);
    return page;
  };
}

/** Bytes of levels that stand before the values and apart from them, as in pages of version 2. */
export function levelBytes({ data_page_header_v2: v2 }: PageHeader): number {
  return v2 === undefined ? 0 : v2.definition_levels_byte_length + v2.repetition_levels_byte_length;
}
