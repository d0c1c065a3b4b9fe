import { afterAll, describe, expect, it } from "vitest";
import { countRuns } from "./count-runs.ts";
import { readCounts } from "./counts-file.ts";
import { limitsOf } from "./limits.ts";
import { pageOf, readPage } from "./page-file.ts";
import { settings } from "./settings.ts";
import { NOTHING } from "./tally.ts";

const counts = readCounts();
let repeated = 0;

describe("the simulation that docs/simulations.md shows", () => {
  it("the page shows the counts that are kept, of every setting and of as many runs as it says", () => {
    expect(Object.keys(counts)).toEqual(settings.map(({ id }) => id));
    for (const { id, runs } of settings) {
      const { all } = counts[id] ?? { all: NOTHING };
      expect(all.runs).toBe(runs);
      expect(all.pass + all.fail + all.inconclusive + all.other).toBe(runs);
    }
    expect(readPage()).toBe(pageOf(counts));
  });

  it.each(settings)("$id: what was counted keeps its limits", (setting) => {
    const limits = limitsOf(setting, counts[setting.id]?.all ?? NOTHING);
    expect(limits.length).toBeGreaterThan(0);
    expect(limits.filter(({ share, low, high }) => !(share >= low && share <= high))).toEqual([]);
  });

  it.each(settings)("$id: its first $repeated runs are found again as they were counted", (setting) => {
    repeated += setting.repeated;
    expect(countRuns(setting, 0, setting.repeated)).toEqual(counts[setting.id]?.first);
  });

  afterAll(() => console.log(`simulation: ${repeated} runs`));
});
