import { philox } from "../draws/philox.ts";
import type { Units } from "./units.ts";

/** The draws of a row in all replicates together, where they can be kept to that. */
const WORK = 4e6;

/** More rows than this are drawn in as many blocks of neighbours in the order of their ids. */
const MOST_DRAWN = 20_000;

/** Fewer replicates than this place no percentile well; their sd makes the interval instead. */
export const ENOUGH_FOR_PERCENTILES = 999;

/** How many replicates `n` rows are given: 9,999 up to 400 rows, then fewer so that the work stays bounded, but at least 199. */
export function rowReplicates(n: number): number {
  return Math.min(9_999, Math.max(199, Math.floor(WORK / Math.max(1, n))));
}

/** P(K <= k) of the Poisson distribution with mean 1, for k = 0 to 12, as shares of 2³². */
const POISSON = Float64Array.from({ length: 13 }, (_, k) => {
  let term = Math.exp(-1);
  let total = term;
  for (let i = 1; i <= k; i++) {
    term /= i;
    total += term;
  }
  return total * 4294967296;
});

/** What tells one series of draws from another: the policy's seed, and what it is drawn for. */
export interface Key {
  seed: number;
  stream: number;
}

/**
 * How often each of `units` counts in a replicate: independent Poisson draws with mean 1 (Chamandy et al. 2012), which
 * resample the units. The draw of a unit comes from the counter (unit, replicate), so neither order nor split of the work matters.
 */
export function unitTimes(units: number, replicate: number, { seed, stream }: Key, times: Float64Array): void {
  const counter = Uint32Array.of(0, 0, replicate, stream);
  const words = new Uint32Array(4);
  for (let unit = 0; unit < units; unit++) {
    if (unit % 4 === 0) {
      counter[0] = unit / 4;
      philox(counter, seed, stream, words);
    }
    const word = words[unit % 4] ?? 0;
    let k = 0;
    while (k < 13 && word >= (POISSON[k] ?? 0)) k++;
    times[unit] = k;
  }
}

/** Rows as they are, or in blocks of neighbours of equal size where they are many: drawn together, and so never taken as surer than they are. */
function inBlocks(n: number): Units {
  if (n <= MOST_DRAWN) return { of: undefined, count: n };
  const of = new Int32Array(n);
  for (let i = 0; i < n; i++) of[i] = Math.floor((i * MOST_DRAWN) / n);
  return { of, count: MOST_DRAWN };
}

/**
 * The values of a statistic in `rowReplicates(units)` replicates, in which each row counts as often as its unit was drawn;
 * several statistics of the same rows share the draws. NaN where there is no value.
 */
export function bootstrapRows(
  statistics: readonly ((times: Float64Array) => number | undefined)[],
  n: number,
  units: Units,
  key: Key,
): Float64Array[] {
  const replicates = rowReplicates(n);
  const found = statistics.map(() => new Float64Array(replicates));
  const times = new Float64Array(n);
  const { of, count } = units.of === undefined ? inBlocks(n) : units;
  const drawn = of === undefined ? times : new Float64Array(count);
  for (let replicate = 0; replicate < replicates; replicate++) {
    unitTimes(count, replicate, key, drawn);
    if (of !== undefined) for (let i = 0; i < n; i++) times[i] = drawn[of[i] ?? -1] ?? 0;
    statistics.forEach((statistic, k) => {
      const values = found[k];
      if (values !== undefined) values[replicate] = statistic(times) ?? Number.NaN;
    });
  }
  return found;
}
