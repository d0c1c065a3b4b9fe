import { open } from "node:fs/promises";
import type { ByteSource } from "@metricgate/core/ports/byte-source";

/** Bytes of one chunk. */
const part = 1 << 20;

/** A regular file as a source of bytes; it is opened anew for every slice, so nothing has to be closed. */
export function fileSource(name: string, path: string, size: number): ByteSource {
  return {
    name,
    size,
    async slice(start, end) {
      const file = await open(path, "r");
      try {
        const bytes = Buffer.alloc(Math.max(0, Math.min(end, size) - start));
        let filled = 0;
        while (filled < bytes.length) {
          const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return bytes.subarray(0, filled);
      } finally {
        await file.close();
      }
    },
    // One buffer for all chunks: a stream's own would each wait for the next collection of memory.
    async *stream() {
      const file = await open(path, "r");
      try {
        const bytes = Buffer.allocUnsafeSlow(Math.min(Math.max(size, 1), part));
        for (;;) {
          const { bytesRead } = await file.read(bytes, 0, bytes.length, null);
          if (bytesRead === 0) return;
          yield bytes.subarray(0, bytesRead);
        }
      } finally {
        await file.close();
      }
    },
  };
}
