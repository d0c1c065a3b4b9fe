import type { Population, Truth } from "./population.ts";
import { accuracy, accuracyFewErrors } from "./populations/accuracy.ts";
import { balancedAccuracyFewPositives, f1, f1FewPositives, f1OfPositives } from "./populations/f1.ts";
import { mae, maeHeavyTails } from "./populations/mae.ts";
import { rocAuc, rocAucFewPositives, rocAucOfPositives } from "./populations/roc-auc.ts";

interface Runs {
  id: string;
  /** The stream of its draws, so that settings are independent. */
  stream: number;
  runs: number;
  /** As many of the first runs are repeated by the test. */
  repeated: number;
}

/** One no-regression gate over all rows. `hard`: few rows tell the models apart, so that intervals may hold more than they say. */
export interface ChangeSetting extends Runs {
  kind: "change";
  population: Population;
  n: number;
  truth: Truth;
  hard: boolean;
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

/** A run with a bootstrap, of the change or of each value, takes several times as long as one without. */
const isSlow = ({ metric }: Population) => metric === "f1" || metric === "balanced_accuracy";

interface Group {
  /** With the runs at each size: more where a run takes less time. */
  populations: readonly { population: Population; runs: readonly number[] }[];
  sizes: readonly number[];
  hard: boolean;
  /** The first stream. */
  stream: number;
}

const usual: Group = {
  populations: [
    { population: accuracy, runs: [20_000, 20_000, 20_000] },
    { population: f1, runs: [10_000, 5_000, 4_000] },
    { population: rocAuc, runs: [10_000, 10_000, 5_000] },
    { population: mae, runs: [10_000, 10_000, 5_000] },
  ],
  sizes: [500, 2_000, 10_000],
  hard: false,
  stream: 100,
};

const fewPositives = [10, 15, 40, 60, 100];

const hard: Group = {
  populations: [
    { population: accuracyFewErrors, runs: [2_000] },
    { population: f1FewPositives, runs: [5_000] },
    { population: rocAucFewPositives, runs: [5_000] },
    { population: maeHeavyTails, runs: [2_000] },
    ...fewPositives.map((count) => ({ population: f1OfPositives(count), runs: [5_000] })),
    ...fewPositives.map((count) => ({ population: rocAucOfPositives(count), runs: [5_000] })),
    { population: balancedAccuracyFewPositives, runs: [5_000] },
  ],
  sizes: [500],
  hard: true,
  stream: 500,
};

function changesOf({ populations, sizes, hard, stream }: Group): ChangeSetting[] {
  return populations.flatMap(({ population, runs }, place) =>
    sizes.flatMap((n, size) =>
      (["equal", "at-margin"] as const).map((truth, side) => ({
        kind: "change",
        id: `${population.id} ${n} ${truth}`,
        stream: stream + place * 10 + size * 2 + side,
        runs: runs[size] ?? 0,
        repeated: isSlow(population) || n > 2_000 ? 60 : 200,
        population,
        n,
        truth,
        hard,
      })),
    ),
  );
}

const slices = [
  { population: accuracy, stream: 200 },
  { population: f1, stream: 201 },
  { population: rocAuc, stream: 202 },
  { population: mae, stream: 203 },
].map(
  ({ population, stream }): PartsSetting => ({
    kind: "slices",
    id: `${population.id} slices`,
    stream,
    runs: 2_000,
    repeated: 40,
    population,
    parts: 50,
    rows: 200,
  }),
);

const fairness: PartsSetting = {
  kind: "fairness",
  id: "accuracy fairness",
  stream: 300,
  runs: 10_000,
  repeated: 400,
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
export const settings: readonly Setting[] = [
  ...changesOf(usual),
  ...slices,
  fairness,
  ...histories,
  ...changesOf(hard),
];
