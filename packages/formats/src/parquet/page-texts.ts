import type { PageHeader } from "hyparquet";
import { levelBytes } from "./inflated-page.ts";

/** The texts of a page as ranges of its bytes, which makes no object for each; an empty range where there is none. */
export interface PageTexts {
  length: number;
  bytes: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
}

/** Whether values are ranges of a page. */
export function isPageTexts(values: ArrayLike<unknown> | PageTexts): values is PageTexts {
  return "starts" in values;
}

/**
 * The texts of a page of plain values, each after its length; undefined for a page of another encoding.
 * @param page inflated, with its levels, whose runs were checked
 * @param optional a value may be missing
 * @throws RangeError when the texts break off, or are not as many as the page says
 */
export async function pageTexts(
  header: PageHeader,
  page: Uint8Array,
  optional: boolean,
): Promise<PageTexts | undefined> {
  const { data_page_header: v1, data_page_header_v2: v2 } = header;
  if ((v2 ?? v1)?.encoding !== "PLAIN") return undefined;
  const count = (v2 ?? v1)?.num_values ?? 0;
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  const reader = { view, offset: v2?.repetition_levels_byte_length ?? 0 };
  const levels = optional ? new Array<number>(count) : [];
  if (optional) {
    const { readRleBitPackedHybrid } = await import("hyparquet/src/encoding.js");
    readRleBitPackedHybrid(reader, 1, levels, v2?.definition_levels_byte_length);
  }
  let at = v2 === undefined ? reader.offset : levelBytes(header);
  const starts = new Int32Array(count);
  const ends = new Int32Array(count);
  let found = 0;
  for (let row = 0; row < count; row++) {
    if (optional && levels[row] !== 1) {
      if (levels[row] !== 0) throw new RangeError("the levels of a page break off");
      continue;
    }
    const start = at + 4;
    at = start + view.getUint32(at, true);
    if (at > page.length) throw new RangeError("a text of a page breaks off");
    starts[row] = start;
    ends[row] = at;
    found++;
  }
  if (v2 !== undefined && found !== count - v2.num_nulls)
    throw new RangeError("the missing values of a page are not as many as it says");
  return { length: count, bytes: page, starts, ends };
}
