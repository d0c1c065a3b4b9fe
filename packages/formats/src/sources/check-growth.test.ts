import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { readPredictions } from "../predictions/read-predictions.ts";
import { memorySource } from "../testing/memory-source.ts";
import { npyFile, zipFile } from "../testing/npz-file.ts";
import { problemOf } from "../testing/problem-of.ts";
import { checkDensity, checkGrowth } from "./check-growth.ts";

const refusal = (name: string, bytes: Uint8Array) =>
  problemOf(() => readPredictions(memorySource(name, bytes), { slices: [] }));

it("an archive of NumPy that grows a thousand times is refused before it is inflated, and says so", async () => {
  const zeros = npyFile("<f8", "3000000,", new Uint8Array(24_000_000));
  const problem = await refusal("p.npz", zipFile({ "y_true.npy": zeros, "y_score.npy": zeros }));
  expect(problem.code).toBe("inflated-too-large");
  expect(problem.text).toMatch(/^y_true\.npy in p\.npz grows more than 200 times/);
});

it("many rows of one byte each are refused too", async () => {
  const flags = npyFile("|u1", "3000000,", new Uint8Array(3_000_000));
  const problem = await refusal("p.npz", zipFile({ "y_true.npy": flags, "y_pred.npy": flags }));
  expect(problem).toMatchObject({ code: "inflated-too-large", where: { file: "p.npz" } });
  expect(problem.text).toContain("3000000 rows");
});

it.each(["p.csv.gz", "p.jsonl.gz"])("%s of equal rows is refused while it is inflated", async (name) => {
  const [head, row] = name.includes("csv") ? ["y_true,y_score\n", "1,0.5\n"] : ["", '{"y_true":1,"y_score":0.5}\n'];
  const problem = await refusal(name, gzipSync(head + row.repeat(Math.ceil(18_000_000 / row.length))));
  expect(problem.code).toBe("inflated-too-large");
  expect(problem.text).toContain(`${name} grows more than 200 times`);
});

it.each([
  [10_000, 16 * 2 ** 20],
  [1_000_000, 200_000_000],
])("%d bytes may grow to %d", (packed, grown) => {
  expect(() => checkGrowth("p.npz", "p.npz", packed, grown)).not.toThrow();
  expect(() => checkGrowth("p.npz", "p.npz", packed, grown + 1)).toThrow("grows more than 200 times");
});

it("a million rows are never too many for their bytes, and 32 for each byte are not either", () => {
  expect(() => checkDensity("p.parquet", 1, 1_000_000)).not.toThrow();
  expect(() => checkDensity("p.parquet", 100_000, 3_200_000)).not.toThrow();
  expect(() => checkDensity("p.parquet", 100_000, 3_200_001)).toThrow("more than 32 for each byte");
});
