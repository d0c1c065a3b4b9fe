import type { Note } from "@metricgate/core/documents/fields";

/** A remark on a text whose last line does not end: where the grammar cannot tell, its last value may be cut. */
export function openEnd(text: string, file: string): Note[] {
  if (text.endsWith("\n")) return [];
  return [
    { code: "line-open", text: `The last line of ${file} has no end; if the file was cut, its last value is wrong.` },
  ];
}
