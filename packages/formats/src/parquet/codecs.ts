import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { UserError } from "@metricgate/core/errors/user-error";
import type { ColumnChunk, Compressors } from "hyparquet";

/** What inflates the pages of some columns; only what they need is loaded. @throws UserError `parquet-codec` */
export async function parquetCodecs(file: string, chunks: readonly ColumnChunk[]): Promise<Compressors> {
  const named = new Set(chunks.map((chunk) => chunk.meta_data?.codec));
  for (const codec of named) {
    if (codec !== "LZO") continue;
    const next = "Write it with compression zstd, snappy or none.";
    throw new UserError("parquet-codec", `${file} is compressed with LZO, which is not read.`, next, { file });
  }
  const own: Compressors = {
    GZIP: (bytes, size) => gunzipSync(bytes, { maxOutputLength: Math.max(size, 1) }),
    BROTLI: (bytes, size) => brotliDecompressSync(bytes, { maxOutputLength: Math.max(size, 1) }),
  };
  const others = ["SNAPPY", "ZSTD", "LZ4", "LZ4_RAW"] as const;
  if (!others.some((codec) => named.has(codec))) return own;
  const { decompressLz4, decompressLz4Raw, decompressSnappy, decompressZstd } = await import("hyparquet-compressors");
  return {
    ...own,
    SNAPPY: (bytes, size) => {
      requireSnappySize(bytes, size);
      return decompressSnappy(bytes, size);
    },
    ZSTD: (bytes) => decompressZstd(bytes),
    LZ4: decompressLz4,
    LZ4_RAW: decompressLz4Raw,
  };
}

/** The decoder passes over the size that stands first. @source Snappy's format description @throws RangeError when it is another than the page's */
function requireSnappySize(bytes: Uint8Array, size: number): void {
  let stated = 0;
  for (let at = 0; at < 5; at++) {
    const byte = bytes[at] ?? 0;
    stated += (byte & 127) * 2 ** (7 * at);
    if (byte < 128) break;
  }
  if (stated !== size) throw new RangeError(`a page has ${stated} of ${size} bytes`);
}
