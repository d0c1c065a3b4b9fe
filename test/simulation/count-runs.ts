import type { GateResult, Outcome } from "../../packages/core/src/documents/verdict.ts";
import type { GateEntry } from "../../packages/core/src/policy/schema.ts";
import { type Draws, philoxDraws } from "../../packages/core/src/statistics/draws/philox.ts";
import { historyBand } from "../../packages/core/src/statistics/history-band.ts";
import type { Column } from "../../packages/core/src/tables/row-table.ts";
import { judgeDrawn } from "./judge-drawn.ts";
import { normalDraws } from "./normal-draws.ts";
import type { DrawnRows } from "./population.ts";
import type { ChangeSetting, HistorySetting, PartsSetting, Setting } from "./settings.ts";
import { NOTHING, type Tally } from "./tally.ts";

interface RunFound {
  outcome: Outcome;
  /** How many intervals hold the true change. */
  covered: number;
}

const seed = 20_260_101;

/** Runs `from` … `to − 1` of a setting. The draws of a run depend on its number alone. */
export function countRuns(setting: Setting, from: number, to: number): Tally {
  const draws = drawsOf(setting);
  const tally = { ...NOTHING, runs: to - from };
  for (let run = from; run < to; run++) {
    draws.restart(run);
    const { outcome, covered } = oneRun(setting, draws);
    tally[outcome === "missing" || outcome === "skipped" ? "other" : outcome]++;
    tally.covered += covered;
  }
  return tally;
}

function oneRun(setting: Setting, draws: Draws): RunFound {
  if (setting.kind === "history") return historyRun(setting, draws);
  return setting.kind === "change" ? changeRun(setting, draws) : partsRun(setting, draws);
}

/** Of all draws of a setting; `restart` it at a run. */
export function drawsOf({ stream }: Setting): Draws {
  return philoxDraws(seed, stream);
}

function changeRun({ population, n, truth }: ChangeSetting, draws: Draws): RunFound {
  const { metric, task, key, margin } = population;
  const drawn = population.draw(draws, n, truth);
  const [found, ...more] = judgeDrawn(n, drawn, task, { metric, [key]: margin });
  if (found === undefined || more.length > 0) throw new RangeError(`one result of ${metric} was expected`);
  return { outcome: found.outcome, covered: holds(found, population.change(truth)) ? 1 : 0 };
}

function holds({ interval }: GateResult, change: number): boolean {
  return interval !== undefined && interval.low <= change && change <= interval.high;
}

/** Fails when any part fails; passes when all do. */
function partsRun({ kind, population, parts, rows }: PartsSetting, draws: Draws): RunFound {
  const { metric, key } = population;
  const n = parts * rows;
  const drawn = inParts(population.draw(draws, n, "equal"), n, parts);
  const gate: GateEntry =
    kind === "slices"
      ? { metric, slices: { by: ["part"], [key]: 0 } }
      : { metric, fairness: { by: "part", "difference-max": 0.01 } };
  const found = judgeDrawn(n, drawn, { ...population.task, slices: ["part"] }, gate);
  if (found.length !== (kind === "slices" ? parts : 1)) throw new RangeError(`${found.length} results of ${metric}`);
  const outcomes = new Set(found.map(({ outcome }) => outcome));
  // A slice that by chance has too few rows of a class is skipped, as in any evaluation.
  const outcome = (["fail", "missing", "inconclusive", "pass"] as const).find((one) => outcomes.has(one)) ?? "skipped";
  return { outcome, covered: kind === "slices" ? found.filter((one) => holds(one, 0)).length : 0 };
}

function inParts(drawn: DrawnRows, n: number, parts: number): DrawnRows {
  const names = Array.from({ length: parts }, (_, part) => String(part).padStart(2, "0"));
  const part: Column = { type: "category", codes: Int32Array.from({ length: n }, (_, row) => row % parts), names };
  return { ...drawn, shared: { ...drawn.shared, "slice:part": part } };
}

function historyRun({ n }: HistorySetting, draws: Draws): RunFound {
  const normal = normalDraws(draws);
  const band = historyBand(
    Array.from({ length: n }, () => 0.9 + 0.01 * normal()),
    "up",
  );
  if ("undefined" in band || band.low === undefined) return { outcome: "missing", covered: 0 };
  const outside = 0.9 + 0.01 * normal() < band.low;
  return { outcome: outside ? "fail" : "pass", covered: 0 };
}
