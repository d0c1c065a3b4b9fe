import type { Metric } from "@metricgate/core/documents/evaluation";
import { isBookkeeping } from "@metricgate/core/metrics/directions";

/** Gates of a new policy; more would not be read by anybody. */
const mostGates = 50;

/** A gate that a new policy begins with: no loss of more than 1 %. */
export interface StartingGate {
  metric: string;
  "max-drop"?: string | number;
  "max-rise"?: string | number;
}

/** The gates to begin with, the metrics of which nobody knows which way is good, and how many gates were left out. */
export interface StartingGates {
  gates: StartingGate[];
  unknown: string[];
  left: number;
}

/** One gate for each metric of all rows that has a value and a known direction, is no measure of the run, and whose name is no pattern. */
export function startingGates(metrics: readonly Metric[]): StartingGates {
  const gates: StartingGate[] = [];
  const unknown: string[] = [];
  for (const { name, slice, value, direction } of metrics) {
    if (slice !== undefined || value === undefined || isBookkeeping(name) || name.includes("*")) continue;
    if (direction === undefined) {
      if (!name.startsWith("best(")) unknown.push(name);
      continue;
    }
    if (direction === "near") continue;
    // A share of nothing is nothing, so a metric that is 0 gets an absolute margin.
    const margin = value === 0 ? 0.01 : "1%";
    gates.push({ metric: name, ...(direction === "up" ? { "max-drop": margin } : { "max-rise": margin }) });
  }
  return { gates: gates.slice(0, mostGates), unknown, left: Math.max(0, gates.length - mostGates) };
}
