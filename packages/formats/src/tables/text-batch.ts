import { isUtf8 } from "node:buffer";
import { UserError } from "@metricgate/core/errors/user-error";
import { grown } from "./grown.ts";
import type { ColumnStore } from "./stored-column.ts";

/** Cells that a form of file makes one by one, until they are handed to a store. */
export interface TextBatch {
  addText(text: string): void;
  addBytes(bytes: Uint8Array, start: number, end: number): void;
  /** Hands the cells on and is empty again. @throws UserError `not-utf8`, `nul-byte` */
  flush(store: ColumnStore): void;
}

/** An empty batch. Between the cells stands a line feed, so that bytes of two cells never make one character. */
export function textBatch(file: string): TextBatch {
  let bytes = new Uint8Array(1 << 16);
  let size = 0;
  let starts = new Int32Array(1 << 12);
  let ends = new Int32Array(1 << 12);
  let count = 0;
  const room = (more: number): void => {
    bytes = grown(bytes, size + more, (length) => new Uint8Array(length));
    starts = grown(starts, count + 1, (length) => new Int32Array(length));
    ends = grown(ends, count + 1, (length) => new Int32Array(length));
  };
  const close = (length: number): void => {
    starts[count] = size;
    size += length;
    ends[count++] = size;
    bytes[size++] = 10;
  };
  return {
    addText(text) {
      room(text.length * 3 + 1);
      close(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).write(text, size, "utf8"));
    },
    addBytes(from, start, end) {
      room(end - start + 1);
      for (let i = start; i < end; i++) bytes[size + i - start] = from[i] ?? 0;
      close(end - start);
    },
    flush(store) {
      const used = bytes.subarray(0, size);
      const where = { file };
      if (!isUtf8(used))
        throw new UserError("not-utf8", `${file} holds texts that are not UTF-8.`, "Write its texts as UTF-8.", where);
      if (used.includes(0))
        throw new UserError("nul-byte", `A text in ${file} holds a NUL byte.`, "Write its texts without it.", where);
      store.add(bytes, { starts, ends, quoted: undefined }, count);
      size = 0;
      count = 0;
    },
  };
}
