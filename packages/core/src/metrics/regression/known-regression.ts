import type { Known, KnownFamily } from "../known-metric.ts";

const sklearn = (name: string) => `sklearn.metrics.${name}`;
const loss = { direction: "down", low: 0, high: Number.POSITIVE_INFINITY } as const;

/** What is known of the metrics of a regression. */
export const knownRegression: KnownFamily = {
  byName: new Map<string, Known>([
    ["mae", { ...loss, definition: "mean of |y − f|", equals: sklearn("mean_absolute_error") }],
    ["mse", { ...loss, definition: "mean of (y − f)²", equals: sklearn("mean_squared_error") }],
    ["rmse", { ...loss, definition: "root of mse", equals: sklearn("root_mean_squared_error") }],
    [
      "mape",
      { ...loss, definition: "mean of |y − f| / |y|, as a share", equals: sklearn("mean_absolute_percentage_error") },
    ],
    ["wape", { ...loss, definition: "Σ|y − f| / Σ|y|" }],
    ["smape", { ...loss, high: 2, definition: "mean of 2|y − f| / (|y| + |f|), where 0/0 is 0" }],
    [
      "r2",
      {
        direction: "up",
        low: Number.NEGATIVE_INFINITY,
        high: 1,
        definition: "1 − Σ(y − f)² / Σ(y − mean)²",
        equals: sklearn("r2_score"),
      },
    ],
  ]),
  byParameter: () => undefined,
  examples: [],
};
