import type { Population, Truth } from "./population.ts";
import { accuracy } from "./populations/accuracy.ts";
import { f1 } from "./populations/f1.ts";
import { mae } from "./populations/mae.ts";
import { rocAuc } from "./populations/roc-auc.ts";

interface Runs {
  id: string;
  /** The stream of its draws, so that settings are independent. */
  stream: number;
  runs: number;
  /** As many of the first runs are repeated by the test. */
  repeated: number;
}

/** One no-regression gate over all rows. */
export interface ChangeSetting extends Runs {
  kind: "change";
  population: Population;
  n: number;
  truth: Truth;
}

/** A gate over equal slices of equal models with margin 0, or a fairness gate over equal groups. */
export interface PartsSetting extends Runs {
  kind: "slices" | "fairness";
  population: Population;
  parts: number;
  /** Rows of each part. */
  rows: number;
}

/** The band of `n` past values, and one more of the same process. */
export interface HistorySetting extends Runs {
  kind: "history";
  n: number;
}

export type Setting = ChangeSetting | PartsSetting | HistorySetting;

const populations = [accuracy, f1, rocAuc, mae];
const sizes = [500, 2_000, 10_000];
const truths: Truth[] = ["equal", "at-margin"];

/** Runs that the test repeats: many of the quick ones, few of those that take long. */
function repeatedOf({ metric }: Population, n: number): number {
  const quick = metric === "f1" ? 300 : 2_000;
  return Math.max(20, Math.floor((quick * (500 / n) ** 1.3) / 10) * 10);
}

const changes = populations.flatMap((population, place) =>
  sizes.flatMap((n, size) =>
    truths.map((truth, side): ChangeSetting => {
      const stream = 100 + place * 10 + size * 2 + side;
      const id = `${population.metric} ${n} ${truth}`;
      return { kind: "change", id, stream, runs: 4_000, repeated: repeatedOf(population, n), population, n, truth };
    }),
  ),
);

const slices = populations.map(
  (population, place): PartsSetting => ({
    kind: "slices",
    id: `${population.metric} slices`,
    stream: 200 + place,
    runs: 2_000,
    repeated: population.metric === "f1" ? 5 : 40,
    population,
    parts: 50,
    rows: 200,
  }),
);

const fairness: PartsSetting = {
  kind: "fairness",
  id: "accuracy fairness",
  stream: 300,
  runs: 4_000,
  repeated: 200,
  population: accuracy,
  parts: 5,
  rows: 400,
};

const histories = [5, 10, 20].map(
  (n, place): HistorySetting => ({
    kind: "history",
    id: `history ${n}`,
    stream: 400 + place,
    runs: 100_000,
    repeated: 10_000,
    n,
  }),
);

/** Everything that is simulated. */
export const settings: readonly Setting[] = [...changes, ...slices, fairness, ...histories];
