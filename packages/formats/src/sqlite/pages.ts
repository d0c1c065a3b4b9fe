import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { readPart } from "../sources/read-bytes.ts";

/** Bytes that are read at once, and how many such blocks are kept. */
const blockSize = 1 << 16;
const blockCount = 64;

/** The pages of a database file, by number from 1; a few blocks of them are in memory. */
export interface Pages {
  file: string;
  size: number;
  /** Bytes of a page that hold data. */
  usable: number;
  encoding: "utf8" | "utf-16le" | "utf-16be";
  /** Whether changes may stand in a file of their own (write-ahead log). */
  logged: boolean;
  page(number: number): Promise<Uint8Array>;
}

/** Reads the header of a database file. @source SQLite, "Database File Format" @throws UserError `sqlite-damaged` */
export async function openPages(source: ByteSource): Promise<Pages> {
  const { name } = source;
  const head = await readPart(source, 0, 100);
  if (head.length < 100 || Buffer.from(head.subarray(0, 16)).toString("latin1") !== "SQLite format 3\0")
    return sqliteDamaged(name, 0, "its header is not that of SQLite 3");
  const view = new DataView(head.buffer, head.byteOffset, 100);
  const stated = view.getUint16(16);
  const size = stated === 1 ? 65_536 : stated;
  if (size < 512 || (size & (size - 1)) !== 0) return sqliteDamaged(name, 16, `its pages have ${size} bytes`);
  const usable = size - view.getUint8(20);
  if (usable < 480) return sqliteDamaged(name, 20, `${usable} bytes of a page are used`);
  // The count of pages holds when the version that wrote it is the last that wrote at all.
  const count = view.getUint32(24) === view.getUint32(92) ? view.getUint32(28) : 0;
  if (count * size > source.size)
    return sqliteDamaged(name, source.size, `it has ${source.size} bytes of ${count} pages of ${size}: it was cut`);
  const code = view.getUint32(56);
  const encoding = code === 2 ? "utf-16le" : code === 3 ? "utf-16be" : "utf8";
  const logged = view.getUint8(18) === 2 || view.getUint8(19) === 2;
  const blocks = new Map<number, Uint8Array>();
  const block = async (index: number): Promise<Uint8Array> => {
    let bytes = blocks.get(index);
    if (bytes === undefined) {
      bytes = await readPart(source, index * blockSize, Math.min(source.size, (index + 1) * blockSize));
      if (blocks.size >= blockCount) blocks.delete(blocks.keys().next().value ?? -1);
    }
    // The last used stands last, so the first is the one to let go.
    blocks.delete(index);
    blocks.set(index, bytes);
    return bytes;
  };
  return {
    file: name,
    size,
    usable,
    encoding,
    logged,
    async page(number) {
      const start = (number - 1) * size;
      if (number < 1 || start + size > source.size)
        return sqliteDamaged(
          name,
          source.size,
          `page ${number} would lie at byte ${start}, beyond its end: it was cut`,
        );
      const bytes = await block(Math.floor(start / blockSize));
      const at = start % blockSize;
      if (bytes.length < at + size) return sqliteDamaged(name, start, "it ended while it was read");
      return bytes.subarray(at, at + size);
    },
  };
}

/** @throws UserError `sqlite-damaged`, always */
export function sqliteDamaged(file: string, at: number, why: string): never {
  throw new UserError(
    "sqlite-damaged",
    `${file} is no whole SQLite database: ${why} (byte ${at}).`,
    "Copy it again while nothing writes it, for example with `sqlite3 FILE '.backup COPY'`.",
    { file },
  );
}
