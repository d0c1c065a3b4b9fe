import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { metricFormats } from "@metricgate/formats/metric-files/format-list";
import { describe, expect, it } from "vitest";
import { type Changed, judgeMetrics } from "./fuzz/judge-metrics.ts";
import { judgeTables } from "./fuzz/judge-tables.ts";
import { mutated } from "./fuzz/mutate.ts";
import { oneOf, seeded } from "./fuzz/random.ts";
import { missingReaders, writeTables } from "./fuzz/second-reader.ts";
import { metricSeeds, type Seed } from "./fuzz/seeds.ts";
import { newTally, tallyLine, wrongLines } from "./fuzz/tally.ts";

const runs = missingReaders === undefined || process.env.METRICGATE_REQUIRE_REAL === "1";
if (!runs) console.warn(missingReaders);

/** How many changed files of metrics and of tables; METRICGATE_FUZZ multiplies them, and begins elsewhere, for a longer run. */
const times = Number(process.env.METRICGATE_FUZZ ?? 1);
const counts = { metrics: 14_000 * times, tables: 6_000 * times };
const found = fileURLToPath(new URL("fuzz/found", import.meta.url));

/** The files below a folder of `found`: CASE/PATH, as a tool would have named it. */
function cases(kind: string): Changed[] {
  const folder = join(found, kind);
  return readdirSync(folder).flatMap((name) =>
    readdirSync(join(folder, name), { recursive: true, encoding: "utf8" })
      .filter((path) => statSync(join(folder, name, path)).isFile())
      .map((path) => ({ path, bytes: readFileSync(join(folder, name, path)) })),
  );
}

function* changes(seeds: readonly Seed[], count: number, seed: number): Generator<Changed> {
  const random = seeded(seed + times - 1);
  for (let index = 0; index < count; index++) {
    const { path, bytes } = seeds[index % seeds.length] ?? oneOf(seeds, random);
    yield { path, bytes: mutated(bytes, oneOf(seeds, random).bytes, random), before: bytes };
  }
}

describe.runIf(runs)("files with changed bytes are refused, or read as another reader reads them", () => {
  it("files that once were read wrongly", async () => {
    const all = newTally();
    const files = { metrics: cases("metrics"), tables: cases("tables") };
    await judgeMetrics(files.metrics, all);
    await judgeTables(files.tables, all);
    console.log(tallyLine("found before", all));
    expect(wrongLines(all)).toEqual([]);
    expect(all.read + all.refused).toBe(files.metrics.length + files.tables.length);
    expect(all.read + all.refused).toBeGreaterThan(10);
  });

  it(`${counts.metrics} metric files of every format`, async () => {
    const all = newTally();
    const reached = await judgeMetrics(changes(metricSeeds, counts.metrics, 20_261_121), all);
    console.log(tallyLine("metric files", all));
    expect(wrongLines(all)).toEqual([]);
    expect([...reached].sort()).toEqual(metricFormats.map(({ name }) => name).sort());
    expect(all.read + all.refused).toBe(counts.metrics);
    expect(all.compared).toBeGreaterThan(all.read * 0.9);
  });

  it(`${counts.tables} prediction tables of every form`, async () => {
    const all = newTally();
    const folder = mkdtempSync(join(tmpdir(), "fuzz-tables-"));
    try {
      writeTables(folder);
      const seeds = readdirSync(folder)
        .sort()
        .map((path): Seed => ({ path, bytes: readFileSync(join(folder, path)) }));
      await judgeTables(changes(seeds, counts.tables, 1_121), all);
    } finally {
      rmSync(folder, { recursive: true });
    }
    console.log(tallyLine("prediction tables", all));
    expect(wrongLines(all)).toEqual([]);
    expect(all.read + all.refused).toBe(counts.tables);
  });
});
