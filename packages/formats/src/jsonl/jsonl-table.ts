import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { readChunks } from "../sources/read-chunks.ts";
import { columnStore } from "../tables/column-store.ts";
import type { PredictionTable } from "../tables/open-table.ts";
import { tableColumns } from "../tables/table-columns.ts";
import { shown } from "../text/shown.ts";
import { addKey, type JsonColumns, jsonColumns } from "./json-columns.ts";
import { lineFeed } from "./line-feed.ts";
import { refuseFrame } from "./refuse-frame.ts";
import type { LineScan } from "./scan-lines.ts";

/** Bytes in whose lines the columns are found. */
const headSize = 4 * 2 ** 20;

/**
 * JSON Lines: one object a line, plain or gzip. The columns are the keys of the first 4 MiB in the order in which they came; a list or a mapping
 * of numbers is one column for each place or key. Numbers keep their digits; null and NaN are missing values. A key that comes later with a value is
 * refused, since it may be a weight or a class that nobody would miss.
 * @throws UserError with file and line: those of `readChunks` and `scanLines`, `not-utf8`, `nul-byte`, `row-too-long`, `header-missing`, `json-key-late`, `table-is-json`
 */
export async function openJsonl(source: ByteSource): Promise<PredictionTable> {
  await refuseFrame(source);
  const { columns, rows, size } = await columnsOf(source);
  const expected = size < source.size ? Math.ceil((source.size / size) * rows * 1.05) + 16 : rows;
  return {
    file: source.name,
    columns: columns.names,
    async read(wanted) {
      const stores = wanted.map(([column, use]) => ({ column, use, store: columnStore(use, expected) }));
      const used = [...new Set(wanted.map(([column]) => column))];
      const scan: LineScan = { ...lineScan(source.name, columns, used), unknown: refuseLate };
      for (const key of columns.keys) key.seen = -1;
      const feed = lineFeed(scan, (bytes) => {
        for (const { column, store } of stores) {
          const cells = scan.cells[used.indexOf(column)];
          if (cells !== undefined) store.add(bytes, cells, scan.found);
        }
      });
      for await (const chunk of readChunks(source)) feed.push(chunk);
      feed.end();
      const stored = stores.map(({ column, use, store }) => ({ column, use, stored: store.finish() }));
      const of = (row: number): number => row + 1 + (scan.blanks.findLast(({ before }) => before <= row)?.more ?? 0);
      return tableColumns(source.name, scan.count, stored, { unit: "line", of });
    },
  };
}

function lineScan(file: string, columns: JsonColumns, used: readonly number[]): LineScan {
  const slots = new Int32Array(columns.names.length).fill(-1);
  used.forEach((column, slot) => {
    slots[column] = slot;
  });
  const cells = used.map(() => ({ starts: new Int32Array(0), ends: new Int32Array(0), quoted: undefined }));
  return { file, columns, slots, cells, found: 0, count: 0, line: 1, escapeAt: -1, blanks: [] };
}

async function columnsOf(source: ByteSource): Promise<{ columns: JsonColumns; rows: number; size: number }> {
  const columns = jsonColumns();
  const scan: LineScan = {
    ...lineScan(source.name, columns, []),
    unknown: (raw, name, value) => {
      const first = valueIn(value);
      if (first !== null) return addKey(columns, raw, name, first);
      if (!empty.has(name)) empty.set(name, raw.slice());
      return undefined;
    },
  };
  const empty = new Map<string, Uint8Array>();
  const feed = lineFeed(scan, () => {});
  let size = 0;
  for await (const chunk of readChunks(source)) {
    feed.push(chunk.subarray(0, headSize - size));
    size += Math.min(chunk.length, headSize - size);
    if (size === headSize) break;
  }
  if (size < headSize) feed.end();
  for (const [name, raw] of empty) if (!columns.byName.has(name)) addKey(columns, raw, name, null);
  if (columns.names.length === 0) {
    const text = `${source.name} has no keys in its first lines.`;
    throw new UserError("header-missing", text, 'Write one object such as {"id": "a", "label": 1} on each line.', {
      file: source.name,
      line: 1,
    });
  }
  return { columns, rows: scan.count, size };
}

function refuseLate(this: LineScan, _raw: Uint8Array, name: string, value: Uint8Array): undefined {
  if (valueIn(value) === null) return undefined;
  const text = `The key ${shown(name)} of ${this.file} has its first value after the first ${headSize} bytes, in which the columns are found.`;
  const next = "Write every key on the first line, with null where there is no value.";
  throw new UserError("json-key-late", text, next, { file: this.file, line: this.line });
}

/** A value that is known to be whole, for its shape; the words that Python writes are no JSON, and stand for numbers that are missing. */
function valueIn(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
  if (/^(?:null|NaN|-?Infinity)$/.test(text)) return text === "null" || text === "NaN" ? null : 0;
  if (!/^[[{]/.test(text)) return "";
  const plain = text.replace(/"(?:[^"\\]|\\.)*"|-?(?:NaN|Infinity)/g, (part) => (part.startsWith('"') ? part : "null"));
  return JSON.parse(plain);
}
