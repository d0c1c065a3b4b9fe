import { gzipSync } from "node:zlib";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { expect, it } from "vitest";
import { openTable } from "../tables/open-table.ts";
import { readChunks } from "./read-chunks.ts";

/** A source that hands out one buffer again and again, as a file does. */
function reusing(bytes: Uint8Array, part: number): ByteSource {
  return {
    name: "rows.csv",
    size: bytes.length,
    slice: async (start, end) => bytes.subarray(start, end),
    async *stream() {
      const buffer = Buffer.alloc(part);
      for (let start = 0; start < bytes.length; start += part) {
        const chunk = bytes.subarray(start, start + part);
        buffer.set(chunk);
        yield buffer.subarray(0, chunk.length);
      }
    },
  };
}

const text = Array.from({ length: 5_000 }, (_, n) => `${n},${Math.sin(n)}\n`).join("");

it.each([1_000, 4_096, 100_000_000])("inflates a file whose chunks of %d bytes stand in one buffer", async (part) => {
  const parts: Uint8Array[] = [];
  for await (const chunk of readChunks(reusing(gzipSync(text), part))) parts.push(chunk.slice());
  expect(Buffer.concat(parts).toString()).toBe(text);
});

it("reads a header that is longer than a chunk", async () => {
  const names = Array.from({ length: 400 }, (_, n) => `feature number ${n}`);
  const bytes = new TextEncoder().encode(`${names.join(",")}\n${names.map((_, n) => n).join(",")}\n`);
  const table = await openTable(reusing(bytes, 100));
  expect(table.columns).toEqual(names);
  const read = await table.read([[399, "number"]]);
  expect([...read.numbers(399, "number")]).toEqual([399]);
});
