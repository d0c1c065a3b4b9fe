import type { Known, KnownFamily } from "../known-metric.ts";
import { parseErrorQuantile } from "./error-quantiles.ts";
import { parsePinball } from "./row-losses.ts";

const sklearn = (name: string) => `sklearn.metrics.${name}`;
const loss = { direction: "down", low: 0, high: Number.POSITIVE_INFINITY } as const;
const explained = { direction: "up", low: Number.NEGATIVE_INFINITY, high: 1 } as const;

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
    ["r2", { ...explained, definition: "1 − Σ(y − f)² / Σ(y − mean)²", equals: sklearn("r2_score") }],
    [
      "explained_variance",
      { ...explained, definition: "1 − var(y − f) / var(y)", equals: sklearn("explained_variance_score") },
    ],
    ["median_ae", { ...loss, definition: "median of |y − f|", equals: sklearn("median_absolute_error") }],
    ["max_error", { ...loss, definition: "largest |y − f|", equals: sklearn("max_error") }],
    [
      "poisson_deviance",
      {
        ...loss,
        definition: "twice the mean of y·ln(y/f) − y + f, for y ≥ 0 and f > 0",
        equals: sklearn("mean_poisson_deviance"),
      },
    ],
    [
      "gamma_deviance",
      {
        ...loss,
        definition: "twice the mean of ln(f/y) + y/f − 1, for y > 0 and f > 0",
        equals: sklearn("mean_gamma_deviance"),
      },
    ],
    [
      "bias",
      {
        direction: "near",
        target: 0,
        low: Number.NEGATIVE_INFINITY,
        high: Number.POSITIVE_INFINITY,
        definition: "mean of f − y",
      },
    ],
  ]),
  byParameter(name) {
    if (parsePinball(name) !== undefined) {
      const definition = "mean of α(y − f) where y ≥ f and (1 − α)(f − y) elsewhere";
      return { ...loss, definition, equals: sklearn("mean_pinball_loss") };
    }
    if (parseErrorQuantile(name) === undefined) return undefined;
    return { ...loss, definition: "quantile of |y − f|", equals: "numpy.quantile (averaged_inverted_cdf)" };
  },
  examples: ["pinball@alpha=0.9", "p90_ae"],
};
