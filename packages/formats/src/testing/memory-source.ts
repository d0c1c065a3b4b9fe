import type { ByteSource } from "@metricgate/core/ports/byte-source";

/** Bytes or a text in memory as a source. */
export function memorySource(name: string, content: string | Uint8Array): ByteSource {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return {
    name,
    size: bytes.length,
    slice: async (start, end) => bytes.subarray(start, end),
    async *stream(start, end) {
      yield bytes.subarray(start, end);
    },
  };
}
