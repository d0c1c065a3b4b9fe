import type { PageHeader } from "hyparquet";

/** What a column's levels may be at the most: of definition and of repetition. */
export interface Levels {
  definition: number;
  repetition: number;
}

/**
 * Holds the runs of a page's levels and dictionary codes against its number of values: the decoder writes a run as long as the bytes say.
 * @param body of the page, inflated; of a page of version 2 without its levels, which are `levels`
 * @throws RangeError for a run that is longer than the page, or breaks off
 */
export function checkRuns(
  { data_page_header: v1, data_page_header_v2: v2 }: PageHeader,
  body: Uint8Array,
  levels: Uint8Array,
  most: Levels,
  boolean: boolean,
): void {
  const count = v2?.num_values ?? v1?.num_values ?? 0;
  const encoding = v2?.encoding ?? v1?.encoding ?? "PLAIN";
  const nulls = v2 === undefined ? 0 : v2.num_nulls;
  let at = 0;
  const sized = (bytes: Uint8Array, width: number): void => {
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
    walk(bytes, at + 4, width, count);
    at += 4 + length;
  };
  if (v2 === undefined) {
    if (most.repetition > 0) sized(body, widthOf(most.repetition));
    if (most.definition > 0) sized(body, widthOf(most.definition));
  } else {
    if (most.repetition > 0) walk(levels, 0, widthOf(most.repetition), count);
    if (most.definition > 0) walk(levels, v2.repetition_levels_byte_length, widthOf(most.definition), count);
  }
  if (count - nulls === 0 || !(encoding.endsWith("_DICTIONARY") || encoding === "RLE")) return;
  if (boolean) walk(body, at + 4, 1, count);
  else if ((body[at] ?? 0) > 0 && at < body.length) walk(body, at + 1, body[at] ?? 0, count, true);
}

function widthOf(most: number): number {
  return 32 - Math.clz32(most);
}

function walk(bytes: Uint8Array, start: number, width: number, count: number, open = false): void {
  if (width > 32) throw new RangeError(`a page has codes of ${width} bits`);
  let seen = 0;
  for (let at = start; seen < count; ) {
    if (at >= bytes.length) {
      if (open) return;
      throw new RangeError("the levels of a page break off");
    }
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 28) throw new RangeError("a run of a page breaks off");
      header += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    const run = header % 2 === 1 ? Math.floor(header / 2) * 8 : header / 2;
    if (run > count + 7 + 504) throw new RangeError(`a page of ${count} values has a run of ${run}`);
    at += header % 2 === 1 ? (run / 8) * width : Math.ceil(width / 8);
    seen += run;
  }
}
