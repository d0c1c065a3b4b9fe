import { UserError } from "@metricgate/core/errors/user-error";
import { doubleText } from "../tables/number-text.ts";
import type { ColumnStore, ColumnUse } from "../tables/stored-column.ts";
import type { TextBatch } from "../tables/text-batch.ts";
import { halfFloat } from "./half-float.ts";
import type { NpyField, NpyHeader, NpyType } from "./npy-header.ts";

/** Rows, and bytes, that are read at once. */
const batchRows = 1 << 15;
const batchBytes = 1 << 24;

/** Bytes of an array, of a file or of an archive. */
export interface ArrayBytes {
  size: number;
  slice(start: number, end: number): Promise<Uint8Array>;
}

/** Refuses an array whose shape needs more bytes than there are. @throws UserError `npy-broken` */
export function checkSize(header: NpyHeader, size: number, file: string): void {
  if (header.refused !== undefined) return;
  const items = header.shape.reduce((product, length) => product * length, 1);
  const needed = header.dataAt + items * header.itemSize;
  if (needed <= size && header.itemSize > 0) return;
  const text = `${file} is no whole NumPy array: its shape (${header.shape.join(", ")}) needs ${needed} bytes, and there are ${size}.`;
  throw new UserError("npy-broken", text, "Write it again; it may have been cut.", { file });
}

/** Gives the values of one field and, of an array of two dimensions, one column to a store. @throws UserError `npy-broken`, `not-utf8` */
export async function addColumn(
  bytes: ArrayBytes,
  header: NpyHeader,
  field: NpyField,
  column: number,
  file: string,
  use: ColumnUse,
  store: ColumnStore,
  batch: TextBatch,
): Promise<void> {
  const [rows = 0, columns = 1] = header.shape;
  const stride = header.fortran ? header.itemSize : header.itemSize * columns;
  const start = header.dataAt + header.itemSize * (header.fortran ? column * rows : column) + field.offset;
  const most = Math.max(1, Math.min(batchRows, Math.floor(batchBytes / stride)));
  for (let row = 0; row < rows; row += most) {
    const count = Math.min(most, rows - row);
    const from = start + row * stride;
    const to = from + (count - 1) * stride + field.type.size;
    const part = await bytes.slice(from, to);
    if (part.length < to - from) {
      throw new UserError("npy-broken", `${file} ends before byte ${to}.`, "Write it again; it may have been cut.", {
        file,
      });
    }
    const view = new DataView(part.buffer, part.byteOffset, part.byteLength);
    addValues(view, field.type, stride, count, use, store, batch, file);
  }
}

function addValues(
  view: DataView,
  type: NpyType,
  stride: number,
  count: number,
  use: ColumnUse,
  store: ColumnStore,
  batch: TextBatch,
  file: string,
): void {
  const numeric = (use === "number" || use === "value") && "fiu".includes(type.kind);
  if (numeric) {
    const read = numberReader(type);
    const values = Float64Array.from({ length: count }, (_, row) => read(view, row * stride));
    const exact = values.every((value) =>
      type.kind === "f" || use === "number"
        ? Math.abs(value) !== Number.POSITIVE_INFINITY
        : Number.isSafeInteger(value),
    );
    if (exact) {
      store.addNumbers(values);
      return;
    }
  }
  const text = textReader(type, file);
  for (let row = 0; row < count; row++) text(view, row * stride, batch);
  batch.flush(store);
}

function numberReader({ kind, size, little }: NpyType): (view: DataView, at: number) => number {
  if (kind === "f") {
    if (size === 8) return (view, at) => view.getFloat64(at, little);
    if (size === 4) return (view, at) => view.getFloat32(at, little);
    return (view, at) => halfFloat(view.getUint16(at, little));
  }
  if (size === 8)
    return kind === "i"
      ? (view, at) => Number(view.getBigInt64(at, little))
      : (view, at) => Number(view.getBigUint64(at, little));
  if (size === 4)
    return kind === "i" ? (view, at) => view.getInt32(at, little) : (view, at) => view.getUint32(at, little);
  if (size === 2)
    return kind === "i" ? (view, at) => view.getInt16(at, little) : (view, at) => view.getUint16(at, little);
  return kind === "i" ? (view, at) => view.getInt8(at) : (view, at) => view.getUint8(at);
}

/** Texts end at the zeros that fill them; whole numbers keep all their digits. */
function textReader(type: NpyType, file: string): (view: DataView, at: number, batch: TextBatch) => void {
  const { kind, size, little } = type;
  if (kind === "b") return (view, at, batch) => batch.addText(view.getUint8(at) === 0 ? "false" : "true");
  if (kind === "f") {
    const read = numberReader(type);
    return (view, at, batch) => batch.addText(doubleText(read(view, at)));
  }
  if (kind === "i" && size === 8) return (view, at, batch) => batch.addText(String(view.getBigInt64(at, little)));
  if (kind === "u" && size === 8) return (view, at, batch) => batch.addText(String(view.getBigUint64(at, little)));
  if (kind === "i" || kind === "u") {
    const read = numberReader(type);
    return (view, at, batch) => batch.addText(String(read(view, at)));
  }
  if (kind === "S") {
    return (view, at, batch) => {
      let end = size;
      while (end > 0 && view.getUint8(at + end - 1) === 0) end--;
      batch.addBytes(new Uint8Array(view.buffer, view.byteOffset + at, size), 0, end);
    };
  }
  return (view, at, batch) => {
    let text = "";
    let end = size;
    while (end > 0 && view.getUint32(at + end - 4, little) === 0) end -= 4;
    for (let here = 0; here < end; here += 4) {
      const code = view.getUint32(at + here, little);
      if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) refuseCharacter(file, code);
      text += String.fromCodePoint(code);
    }
    batch.addText(text);
  };
}

/** Two texts that are no texts must not become one and the same. */
function refuseCharacter(file: string, code: number): never {
  const text = `${file} is no whole NumPy array: a text holds ${code}, which is no character.`;
  throw new UserError("npy-broken", text, "Write it again.", { file });
}
