import { closestMetric } from "./known.ts";

/**
 * What is said of a name that no metric computed from rows has: the nearest known one, when it is near enough to be a slip.
 * `shown` is the name as the sentence prints it.
 */
export function unknownMetric(name: string, shown: string = name): { text: string; next: string } {
  const near = closestMetric(name);
  return {
    text: `${shown} is not a metric that can be computed.`,
    next:
      near === undefined ? "docs/metrics.md lists the metrics." : `Did you mean ${near}? docs/metrics.md lists all.`,
  };
}
