import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { readPart } from "../sources/read-bytes.ts";
import { crc32c, masked } from "./crc32c.ts";

/** Bytes that are read at once. */
const window = 1 << 20;
/** Records above this many bytes are checked and not kept: pictures and graphs, never scalars. */
const keptLimit = 16 << 20;

/** One record: its offset in the file and its bytes; none where it is too large to hold scalars. */
export interface FileRecord {
  at: number;
  bytes: Uint8Array | undefined;
}

/** How a file of records ended: `cutAt` is the offset of a last record that is not whole, as a live or killed run leaves it. */
export interface RecordsEnd {
  cutAt?: number;
}

/**
 * The records of a TFRecord file: length (8 bytes), its checksum, bytes, their checksum. Memory is flat.
 * @throws UserError `record-damaged` with the byte offset where a checksum does not hold
 */
export async function* recordsOf(source: ByteSource): AsyncGenerator<FileRecord, RecordsEnd> {
  const { size } = source;
  let held: Uint8Array = new Uint8Array(0);
  let heldAt = 0;
  const bytesAt = async (start: number, length: number): Promise<Uint8Array> => {
    if (start < heldAt || start + length > heldAt + held.length) {
      held = await readPart(source, start, Math.min(size, start + Math.max(length, window)));
      heldAt = start;
    }
    return held.subarray(start - heldAt, start - heldAt + length);
  };
  for (let at = 0; at < size; ) {
    if (size - at < 12) return { cutAt: at };
    const head = await bytesAt(at, 12);
    if (head.length < 12) return { cutAt: at };
    const view = new DataView(head.buffer, head.byteOffset, 12);
    if (view.getUint32(8, true) !== masked(crc32c(head, 0, 8))) return damaged(source.name, at, "length of a record");
    const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
    const start = at + 12;
    if (length > size - start - 4) return { cutAt: at };
    const kept = length <= keptLimit ? await bytesAt(start, length) : undefined;
    if (kept !== undefined && kept.length < length) return { cutAt: at };
    const crc = kept === undefined ? await checksumOf(source, start, start + length) : crc32c(kept);
    const foot = await footAt(source, start + length, held, heldAt);
    if (foot === undefined) return { cutAt: at };
    if (crc === undefined || foot !== masked(crc)) return damaged(source.name, at, "record");
    yield { at, bytes: kept };
    at = start + length + 4;
  }
  return {};
}

/** The checksum of bytes that are too many to hold; undefined where the source ends before. */
async function checksumOf(source: ByteSource, start: number, end: number): Promise<number | undefined> {
  let crc = 0;
  for (let at = start; at < end; ) {
    const part = await readPart(source, at, Math.min(end, at + window));
    if (part.length === 0) return undefined;
    crc = crc32c(part, 0, part.length, crc);
    at += part.length;
  }
  return crc;
}

/** The checksum after a record, from the bytes that are held or else from the source. */
async function footAt(source: ByteSource, at: number, held: Uint8Array, heldAt: number): Promise<number | undefined> {
  const inside = at >= heldAt && at + 4 <= heldAt + held.length;
  const foot = inside ? held.subarray(at - heldAt, at - heldAt + 4) : await readPart(source, at, at + 4);
  return foot.length < 4 ? undefined : new DataView(foot.buffer, foot.byteOffset, 4).getUint32(0, true);
}

function damaged(file: string, at: number, what: string): never {
  throw new UserError(
    "record-damaged",
    `The checksum of the ${what} of ${file} at byte ${at} does not hold: the file was damaged or changed.`,
    "Copy the file again in binary mode, or write it again.",
    { file },
  );
}
