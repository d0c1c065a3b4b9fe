import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileSource } from "./file-source.ts";

const bytes = Buffer.from(Array.from({ length: 600_000 }, (_, n) => `${n}\n`).join(""));
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "file-source-"));
  writeFileSync(join(folder, "large.csv"), bytes);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  [0, undefined],
  [5, undefined],
  [1_500_000, undefined],
  [0, 7],
  [3, 2_500_000],
  [1_048_576, 2_097_152],
  [2_000_000, bytes.length],
  [9, 9],
])("the bytes from %d to %s come in chunks of at most a mebibyte", async (start, end) => {
  const source = fileSource("large.csv", join(folder, "large.csv"), bytes.length);
  const chunks: Buffer[] = [];
  for await (const chunk of source.stream(start, end)) chunks.push(Buffer.from(chunk));
  expect(Buffer.concat(chunks).equals(bytes.subarray(start, end))).toBe(true);
  expect(Math.max(0, ...chunks.map(({ length }) => length))).toBeLessThanOrEqual(1 << 20);
});

test("a file that has grown since its size was taken gives what there is", async () => {
  const source = fileSource("large.csv", join(folder, "large.csv"), bytes.length - 10);
  let size = 0;
  for await (const chunk of source.stream(100)) size += chunk.length;
  expect(size).toBe(bytes.length - 100);
});
