import type { Known, KnownFamily } from "../known-metric.ts";
import { knownRegression } from "../regression/known-regression.ts";
import { parsePinball } from "../regression/row-losses.ts";

const loss = { direction: "down", low: 0, high: Number.POSITIVE_INFINITY } as const;

/** The metrics of a regression that mean the same of a forecast. */
const SHARED = ["mae", "rmse", "wape", "smape", "bias"];

/** What is known of the metrics of a forecast. */
export const knownForecasting: KnownFamily = {
  byName: new Map<string, Known>([
    ...[...knownRegression.byName].filter(([name]) => SHARED.includes(name)),
    [
      "mase",
      {
        ...loss,
        definition: "mean |y − f| / scale of each series, then mean over series",
        equals: "Hyndman and Koehler 2006",
      },
    ],
    ["coverage", { direction: "near", low: 0, high: 1, definition: "share of rows with lower ≤ y ≤ upper" }],
    ["interval_width", { ...loss, definition: "mean of upper − lower" }],
  ]),
  byParameter: (name) => (parsePinball(name) === undefined ? undefined : knownRegression.byParameter(name)),
  examples: ["pinball@alpha=0.9"],
};
