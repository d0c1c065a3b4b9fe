import { canonical } from "@metricgate/core/documents/canonical";
import type { RowTable } from "@metricgate/core/tables/row-table";
import { textAt } from "@metricgate/core/tables/text-cells";
import { byteWriter, makeRoom, writeBytes, writeText, written } from "../bytes/byte-writer.ts";
import { numberWriter } from "../bytes/number-writer.ts";

/**
 * What an eval set without named files is known by: for each row the canonical JSON of `[id, label]`, both as texts, one a line, in UTF-8.
 * Without a label column the label is empty.
 */
export function labelBytes(rows: RowTable): Uint8Array {
  const label = rows.columns.get("label");
  const { ids, count } = rows;
  const writer = byteWriter(ids.bytes.length + count * 12 + 64);
  const names = label?.type === "category" ? label.names.map((name) => Buffer.from(canonical(name), "utf8")) : [];
  const writeNumber = numberWriter();
  const byte = (code: number): void => {
    makeRoom(writer, 1);
    writer.bytes[writer.at++] = code;
  };
  for (let row = 0; row < count; row++) {
    if (row > 0) byte(10);
    byte(91);
    const start = ids.offsets[row] ?? 0;
    const end = ids.offsets[row + 1] ?? 0;
    if (isPlain(ids.bytes, start, end)) {
      byte(34);
      writeBytes(writer, ids.bytes, start, end);
      byte(34);
    } else writeText(writer, canonical(textAt(ids, row)));
    byte(44);
    if (label?.type === "category") writeBytes(writer, names[label.codes[row] ?? -1] ?? empty, 0);
    else {
      byte(34);
      // A text of −0 is "0".
      if (label !== undefined) writeNumber(writer, (label.values[row] ?? Number.NaN) + 0);
      byte(34);
    }
    byte(93);
  }
  return written(writer);
}

const empty = Buffer.from('""');

/** Whether JSON writes these bytes as they are. */
function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 32 || byte === 34 || byte === 92) return false;
  }
  return true;
}
