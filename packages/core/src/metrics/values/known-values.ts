import { directionOf } from "../directions.ts";
import type { Known, KnownFamily } from "../known-metric.ts";
import { parseValueMetric } from "./parse-value.ts";

/** Which way is good, from the column's name; nothing where it does not say, and then the policy must. */
function direction(column: string, turned: boolean): Pick<Known, "direction"> {
  const found = directionOf(column);
  if (found === undefined) return {};
  return { direction: (found === "up") === turned ? "down" : "up" };
}

/** What is known of the metrics over columns `value:NAME`. */
export const knownValues: KnownFamily = {
  byName: new Map(),
  byParameter(name) {
    const wanted = parseValueMetric(name);
    if (wanted === undefined) return undefined;
    const { column } = wanted;
    const endless = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
    if (wanted.kind === "mean") return { ...direction(column, false), ...endless, definition: "mean of the column" };
    if (wanted.kind === "quantile") {
      const equals = "numpy.quantile (averaged_inverted_cdf)";
      return { ...direction(column, false), ...endless, definition: "quantile of the column", equals };
    }
    const below = wanted.sign.startsWith("<");
    return { ...direction(column, below), low: 0, high: 1, definition: "share of rows beyond the bound" };
  },
  examples: ["mean(judge)", "median(judge)", "p90(latency_ms)", "rate(judge>=4)"],
};
