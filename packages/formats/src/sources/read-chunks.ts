import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { checkGrowth } from "./check-growth.ts";
import { refuseRead } from "./read-bytes.ts";

/** Bytes that a compressed file may hold. */
const inflatedLimit = 64 * 2 ** 30;

/**
 * The bytes of a source from its start, inflated when they begin as gzip does. A chunk is the reader's only until it asks for the next.
 * @param limit largest size in bytes, also of what is inflated
 * @throws UserError `file-empty`, `file-changed`, `is-a-directory`, `file-missing`, `file-unreadable`, `inflated-too-large`, `gzip-broken`
 */
export async function* readChunks(source: ByteSource, limit = inflatedLimit): AsyncGenerator<Uint8Array> {
  const chunks = plainChunks(source);
  const first = await chunks.next();
  if (first.done === true) {
    const text = `${source.name} is empty.`;
    throw new UserError("file-empty", text, "Check that the step before wrote its results.", { file: source.name });
  }
  const rest = joined(first.value, chunks);
  if (first.value[0] === 0x1f && first.value[1] === 0x8b) yield* inflated(rest, source, limit);
  else yield* rest;
}

async function* joined(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    yield* rest;
  } finally {
    // A reader that stops at the first chunk has not begun the rest, which holds the open file.
    await rest.return(undefined);
  }
}

/** Chunks that outlive the next one, for a reader that holds several. */
async function* copied(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield chunk.slice();
}

/** The same bytes as no Buffer, whose `slice` would be no copy. */
function plain(chunk: Uint8Array): Uint8Array {
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
}

/**
 * The bytes of a source from an offset, as they stand there, up to but without `end`, or to its end.
 * @throws UserError as `readChunks`, but for what is inflated
 */
export async function* plainChunks(source: ByteSource, start = 0, end?: number): AsyncGenerator<Uint8Array> {
  const length = (end ?? source.size) - start;
  let size = 0;
  try {
    for await (const chunk of source.stream(start, end)) {
      size += chunk.length;
      if (chunk.length > 0) yield plain(chunk);
    }
  } catch (error) {
    return refuseRead(error, source);
  }
  if (size !== length) {
    const text = `${source.name} gave ${size} of ${length} bytes: it is still being written, or was cut.`;
    throw new UserError("file-changed", text, "Run this after the step that writes the file has ended.", {
      file: source.name,
    });
  }
}

async function* inflated(
  chunks: AsyncGenerator<Uint8Array>,
  { name, size: packed }: ByteSource,
  limit: number,
): AsyncGenerator<Uint8Array> {
  const out = pipeline(Readable.from(copied(chunks)), createGunzip({ chunkSize: 1 << 18 }), () => {});
  let size = 0;
  try {
    for await (const chunk of out) {
      size += chunk.length;
      if (size > limit) {
        const text = `${name} holds more than ${limit} bytes when it is inflated.`;
        throw new UserError("inflated-too-large", text, "Write fewer rows or columns.", { file: name });
      }
      checkGrowth(name, name, packed, size);
      yield plain(chunk);
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const cause = error instanceof Error ? error.message : String(error);
    throw new UserError(
      "gzip-broken",
      `${name} begins as gzip and cannot be inflated (${cause}).`,
      "Write it again; it may have been cut.",
      { file: name },
    );
  }
  if (size === 0) {
    const text = `${name} is empty when it is inflated.`;
    throw new UserError("file-empty", text, "Check that the step before wrote its results.", { file: name });
  }
}
