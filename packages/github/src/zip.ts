import { buffer } from "node:stream/consumers";
import { UserError } from "@metricgate/core/errors/user-error";
import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";

/** The most that an archive may hold: files, bytes in all after unpacking, and times that a file may grow. */
export interface ZipLimits {
  files: number;
  bytes: number;
  ratio: number;
}

/** What we accept of an archive that others could have written. */
export const zipLimits: ZipLimits = { files: 100, bytes: 200_000_000, ratio: 200 };

/** A small file of one repeated character may grow more without harm. */
const ratioFrom = 65_536;

/**
 * Unpacks an archive in memory: regular files by path, nothing else. Refuses paths that leave the folder, backslashes,
 * links, duplicates, encryption, overlapping entries, headers that disagree, and anything over the limits.
 * @throws UserError `archive-refused`
 */
export async function readZip(bytes: Uint8Array, limits: ZipLimits): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      strictFileNames: true,
      validateEntrySizes: true,
    });
    if (zip.entryCount > limits.files) refuse(`it holds ${zip.entryCount} files, and ${limits.files} are allowed`);
    const seen = new Set<string>();
    const spans: { start: number; end: number }[] = [];
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      total += entry.uncompressedSize;
      if (total > limits.bytes) refuse(`it unpacks to more than ${limits.bytes} bytes`);
      checkEntry(entry, limits, seen);
      spans.push(await spanOf(zip, entry));
      if (entry.fileName.endsWith("/")) continue;
      files.set(entry.fileName, new Uint8Array(await buffer(await zip.openReadStreamPromise(entry))));
    }
    checkOverlap(spans);
  } catch (error) {
    if (error instanceof UserError) throw error;
    refuse(`it cannot be read (${error instanceof Error ? error.message : "unknown error"})`);
  }
  return files;
}

function checkEntry(entry: Entry, limits: ZipLimits, seen: Set<string>): void {
  const name = entry.fileName;
  const parts = name.replace(/\/$/, "").split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..") || /[\0\\:]/.test(name)) {
    refuse(`${JSON.stringify(name)} is not a plain relative path`);
  }
  // Two names that one file system could hold as one file count as one.
  const folded = name.normalize("NFC").toLowerCase();
  if (seen.has(folded)) refuse(`${JSON.stringify(name)} stands in it twice`);
  seen.add(folded);
  if (entry.isEncrypted()) refuse(`${JSON.stringify(name)} is encrypted`);
  const type = (entry.externalFileAttributes >>> 16) & 0xf000;
  const expected = name.endsWith("/") ? 0x4000 : 0x8000;
  if (type !== 0 && type !== expected) refuse(`${JSON.stringify(name)} is neither a regular file nor a folder`);
  if (name.endsWith("/") && entry.uncompressedSize > 0) refuse(`the folder ${JSON.stringify(name)} has content`);
  const grown = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  if (entry.uncompressedSize > ratioFrom && grown > limits.ratio) {
    refuse(`${JSON.stringify(name)} grows more than ${limits.ratio} times`);
  }
}

async function spanOf(zip: ZipFile, entry: Entry): Promise<{ start: number; end: number }> {
  const local = await zip.readLocalFileHeaderPromise(entry);
  if (Buffer.compare(local.fileName, entry.fileNameRaw) !== 0) refuse("its two lists of names disagree");
  return { start: entry.relativeOffsetOfLocalHeader, end: local.fileDataStart + entry.compressedSize };
}

function checkOverlap(spans: { start: number; end: number }[]): void {
  spans.sort((a, b) => a.start - b.start);
  let end = 0;
  for (const span of spans) {
    if (span.start < end) refuse("its files overlap");
    end = span.end;
  }
}

function refuse(why: string): never {
  throw new UserError(
    "archive-refused",
    `The archive was refused: ${why}.`,
    "Make it again with the step that uploads it; if that step did not write this, find out who did.",
  );
}
