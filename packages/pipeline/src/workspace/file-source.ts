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
    // Two buffers for all chunks, of which one is filled while the other is read: a stream's own would each wait for the next collection of memory.
    async *stream(start = 0, end = Number.POSITIVE_INFINITY) {
      const file = await open(path, "r");
      const length = Math.min(Math.max(Math.min(end, size) - start, 1), part);
      let [bytes, other] = [Buffer.allocUnsafeSlow(length), Buffer.allocUnsafeSlow(length)];
      let at = start;
      const fill = () => file.read(bytes, 0, Math.min(length, end - at), at);
      let filling = fill();
      try {
        for (;;) {
          const { bytesRead } = await filling;
          if (bytesRead === 0) return;
          at += bytesRead;
          [bytes, other] = [other, bytes];
          filling = fill();
          // What went wrong is said when its turn comes.
          filling.catch(() => {});
          yield other.subarray(0, bytesRead);
        }
      } finally {
        await filling.catch(() => {});
        await file.close();
      }
    },
  };
}
