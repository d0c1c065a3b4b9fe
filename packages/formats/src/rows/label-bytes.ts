import { canonical } from "@metricgate/core/documents/canonical";
import type { RowTable } from "@metricgate/core/tables/row-table";
import { textAt } from "@metricgate/core/tables/text-cells";
import { codePointOrder } from "@metricgate/core/text/code-point-order";
import { type ByteWriter, byteWriter, makeRoom, writeBytes, writeText, written } from "../bytes/byte-writer.ts";
import { numberWriter } from "../bytes/number-writer.ts";
import type { RowPart } from "./row-parts.ts";
import { writePlainRows } from "./write-plain-rows.ts";

/**
 * What an eval set without named files is known by: for each row the canonical JSON of `[id, label]`, both as texts, one a line, in UTF-8.
 * Without a label column the label is empty; where rows have any number of classes (`label:CLASS`), it is the sorted list of those that the row has.
 */
export function labelBytes(rows: RowTable): Uint8Array {
  const writer = byteWriter(rows.ids.bytes.length + rows.count * 12 + 64);
  writeLabels(writer, rows);
  return written(writer);
}

/** Writes the same bytes. */
export function writeLabels(writer: ByteWriter, rows: RowTable): void {
  const label = rows.columns.get("label");
  const { ids, count } = rows;
  const names = label?.type === "category" ? label.names.map((name) => Buffer.from(canonical(name), "utf8")) : [];
  const longest = Math.max(32, ...names.map((name) => name.length));
  const writeNumber = numberWriter();
  const classes = label === undefined ? classLabels(rows) : [];
  const roomForClasses = classes.reduce((size, { name }) => size + name.length + 1, 2);
  const writeRow = (row: number): void => {
    const start = ids.offsets[row] ?? 0;
    const end = ids.offsets[row + 1] ?? 0;
    makeRoom(writer, end - start + longest + 8);
    const { bytes } = writer;
    let at = writer.at;
    if (row > 0) bytes[at++] = newline;
    bytes[at++] = opening;
    const begun = at;
    bytes[at++] = quote;
    let plain = true;
    for (let from = start; from < end; from++) {
      const byte = ids.bytes[from] ?? 0;
      if (byte < 32 || byte === quote || byte === backslash) plain = false;
      bytes[at++] = byte;
    }
    bytes[at++] = quote;
    writer.at = at;
    if (!plain) {
      writer.at = begun;
      writeText(writer, canonical(textAt(ids, row)));
      makeRoom(writer, longest + 4);
    }
    writer.bytes[writer.at++] = comma;
    if (label?.type === "category") writeBytes(writer, names[label.codes[row] ?? -1] ?? noText, 0);
    else if (classes.length > 0) {
      makeRoom(writer, roomForClasses);
      writeClasses(writer, classes, row);
    } else {
      writer.bytes[writer.at++] = quote;
      // A text of −0 is "0".
      if (label !== undefined) writeNumber(writer, (label.values[row] ?? Number.NaN) + 0);
      makeRoom(writer, 2);
      writer.bytes[writer.at++] = quote;
    }
    makeRoom(writer, 1);
    writer.bytes[writer.at++] = closing;
  };
  if (count > 0) writeRow(0);
  const plain: RowPart = { before: '\n["', texts: ids, form: "json" };
  const rest = { from: 1, to: count };
  if (label?.type === "category") {
    writePlainRows(writer, rest, [plain, { before: '",', codes: label.codes, names }], "]", writeRow);
  } else if (label?.type === "number") {
    // A text of −0 is "0".
    const numbers = label.values.map((value) => value + 0);
    writePlainRows(writer, rest, [plain, { before: '","', numbers }], '"]', writeRow);
  } else for (let row = 1; row < count; row++) writeRow(row);
}

interface ClassLabel {
  /** Canonical JSON, in UTF-8. */
  name: Uint8Array;
  values: Float64Array;
}

function classLabels(rows: RowTable): ClassLabel[] {
  return [...rows.columns]
    .flatMap(([column, kept]) =>
      column.startsWith("label:") && kept.type === "number" ? [[column.slice(6), kept.values] as const] : [],
    )
    .sort(([a], [b]) => codePointOrder(a, b))
    .map(([name, values]) => ({ name: Buffer.from(canonical(name), "utf8"), values }));
}

function writeClasses(writer: ByteWriter, classes: readonly ClassLabel[], row: number): void {
  writer.bytes[writer.at++] = opening;
  let any = false;
  for (const { name, values } of classes) {
    if (values[row] !== 1) continue;
    if (any) writer.bytes[writer.at++] = comma;
    writeBytes(writer, name, 0);
    any = true;
  }
  writer.bytes[writer.at++] = closing;
}

const [newline, quote, comma, opening, backslash, closing] = [10, 34, 44, 91, 92, 93];
const noText = Buffer.from('""');
