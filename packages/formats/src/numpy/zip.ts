import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { checkGrowth } from "../sources/check-growth.ts";
import { readPart } from "../sources/read-bytes.ts";
import { crc32 } from "./crc32.ts";

/** One file of an archive. */
export interface ZipEntry {
  name: string;
  /** 0 stored, 8 deflated. */
  method: number;
  size: number;
  packed: number;
  crc: number;
  /** Where its local header lies. */
  at: number;
}

/** Files of one archive that are read. */
const entryLimit = 1_000;
/** Bytes of the list of files. */
const listLimit = 16 * 2 ** 20;
/** Bytes of one file when it is inflated. */
export const inflatedLimit = 2 ** 31 - 1;

/** The files of an archive, by its central list. @source PKWARE APPNOTE 6.3.10 @throws UserError `zip-broken` with the byte offset */
export async function zipEntries(source: ByteSource): Promise<ZipEntry[]> {
  const { name, size } = source;
  const tailAt = Math.max(0, size - 65_557);
  const tail = view(await readPart(source, tailAt, size));
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) return broken(name, size, "its list of files is missing");
  let count = tail.getUint16(end + 10, true);
  let length = tail.getUint32(end + 12, true);
  let at = tail.getUint32(end + 16, true);
  if ((at === 0xffffffff || count === 0xffff) && end >= 20 && tail.getUint32(end - 20, true) === 0x07064b50) {
    const wideAt = Number(tail.getBigUint64(end - 12, true));
    if (wideAt > size) return broken(name, tailAt + end - 20, "its list of files is missing");
    const wide = view(await readPart(source, wideAt, wideAt + 56));
    if (wide.byteLength < 56 || wide.getUint32(0, true) !== 0x06064b50)
      return broken(name, wideAt, "its list of files is missing");
    count = Number(wide.getBigUint64(32, true));
    length = Number(wide.getBigUint64(40, true));
    at = Number(wide.getBigUint64(48, true));
  }
  if (count > entryLimit || length > listLimit || at + length > size)
    return broken(name, tailAt + end, `its list says ${count} files in ${length} bytes`);
  const list = await readPart(source, at, at + length);
  const entries: ZipEntry[] = [];
  for (let here = 0; entries.length < count; ) {
    const head = view(list.subarray(here));
    if (head.byteLength < 46 || head.getUint32(0, true) !== 0x02014b50)
      return broken(name, at + here, "its list breaks off");
    const nameEnd = 46 + head.getUint16(28, true);
    const extraEnd = nameEnd + head.getUint16(30, true);
    const next = extraEnd + head.getUint16(32, true);
    if (next > head.byteLength) return broken(name, at + here, "its list breaks off");
    const text = Buffer.from(list.subarray(here + 46, here + nameEnd)).toString("utf8");
    entries.push(
      wideSizes(view(list.subarray(here + nameEnd, here + extraEnd)), {
        name: text,
        method: head.getUint16(10, true),
        crc: head.getUint32(16, true),
        packed: head.getUint32(20, true),
        size: head.getUint32(24, true),
        at: head.getUint32(42, true),
      }),
    );
    here += next;
  }
  return entries;
}

/** The sizes of an entry that stand in its extra field of 64-bit numbers, in order, where the plain ones are full. */
function wideSizes(extra: DataView, entry: ZipEntry): ZipEntry {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== 1) continue;
    const wide = { ...entry };
    let here = at + 4;
    for (const key of ["size", "packed", "at"] as const) {
      if (entry[key] !== 0xffffffff || here + 8 > extra.byteLength) continue;
      wide[key] = Number(extra.getBigUint64(here, true));
      here += 8;
    }
    return wide;
  }
  return entry;
}

/** The bytes of a file of an archive, inflated, with its checksum held. @throws UserError `zip-broken`, `zip-method`, `inflated-too-large` */
export async function zipBytes(source: ByteSource, entry: ZipEntry, most = inflatedLimit): Promise<Uint8Array> {
  const { name } = source;
  if (entry.at > source.size) return broken(name, source.size, `${entry.name} is missing`);
  const head = view(await readPart(source, entry.at, entry.at + 30));
  if (head.byteLength < 30 || head.getUint32(0, true) !== 0x04034b50)
    return broken(name, entry.at, `${entry.name} does not begin`);
  const start = entry.at + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  if (start + entry.packed > source.size) return broken(name, start, `${entry.name} has ${entry.packed} bytes`);
  if ((head.getUint16(6, true) & 1) === 1 || (entry.method !== 0 && entry.method !== 8)) {
    const next = "Write it with numpy.savez or numpy.savez_compressed.";
    throw new UserError(
      "zip-method",
      `${entry.name} in ${name} is encrypted or packed in a way that is not read.`,
      next,
      { file: name },
    );
  }
  if (entry.size > inflatedLimit || entry.packed > inflatedLimit) {
    const text = `${entry.name} in ${name} has ${entry.size} bytes; at most ${inflatedLimit} are read.`;
    throw new UserError("inflated-too-large", text, "Save fewer rows, or Parquet.", { file: name });
  }
  if (most >= entry.size) checkGrowth(`${entry.name} in ${name}`, name, entry.packed, entry.size);
  // Packed bytes are hardly ever more than the bytes they stand for.
  const cut = most < entry.size ? Math.min(entry.packed, most + (entry.method === 0 ? 0 : 4096)) : entry.packed;
  const packed = await readPart(source, start, start + cut);
  if (packed.length < cut) return broken(name, start, `${entry.name} is cut`);
  const bytes = entry.method === 0 ? packed : await inflated(packed, entry, name, start, most);
  if (most < entry.size) return bytes.subarray(0, most);
  if (bytes.length !== entry.size || crc32(bytes) !== entry.crc)
    return broken(name, start, `the checksum of ${entry.name} does not hold`);
  return bytes;
}

/** Inflates at most as much as the archive says, or the beginning of it. */
async function inflated(
  packed: Uint8Array,
  entry: ZipEntry,
  file: string,
  at: number,
  most: number,
): Promise<Uint8Array> {
  const { createInflateRaw } = await import("node:zlib");
  const inflate = createInflateRaw();
  const room = Math.min(entry.size, most);
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    inflate.end(packed);
    for await (const chunk of inflate) {
      const bytes: Uint8Array = chunk;
      size += bytes.length;
      parts.push(bytes);
      if (size > entry.size)
        return broken(file, at, `${entry.name} holds more than the ${entry.size} bytes that it says`);
      if (size >= room && room < entry.size) break;
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    return broken(file, at, `${entry.name} cannot be inflated`);
  }
  return Buffer.concat(parts);
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function broken(file: string, at: number, why: string): never {
  throw new UserError(
    "zip-broken",
    `${file} is no whole archive: ${why} (byte ${at}).`,
    "Write it again; it may have been cut.",
    { file },
  );
}
