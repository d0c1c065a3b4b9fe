import type { PastRun } from "@metricgate/core/documents/selection";
import type { GateResult } from "@metricgate/core/documents/verdict";
import type { ModelReport } from "../view.ts";
import { worstFirst } from "./order.ts";

/** A gated metric over the accepted runs of the base branch, oldest first, then this one. */
export interface Trend {
  gate: GateResult;
  runs: { sha: string; value: number }[];
  /** This run's value. */
  value: number;
}

const blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/** The trends of a model's gates over all rows, the metric of the worst gate first, for metrics with at least two past values. */
export function trendsOf({ verdict, history }: ModelReport): Trend[] {
  if (verdict === undefined || history === undefined) return [];
  const seen = new Set<string>();
  return worstFirst(verdict).flatMap((gate): Trend[] => {
    if (!isWhole(gate) || gate.candidate === undefined || seen.has(gate.metric)) return [];
    const runs = pastValues(history, gate.metric);
    if (runs.length < 2) return [];
    seen.add(gate.metric);
    return [{ gate, runs, value: gate.candidate }];
  });
}

/** A gap between groups is another number than the metric over all rows. */
function isWhole(gate: GateResult): boolean {
  return gate.slice === undefined && gate.rule !== "fairness";
}

/** The worst value that a gate lets through, where there is one such value. */
export function worstAllowed(gate: GateResult): number | undefined {
  const { rule, limit, baseline, margin, scale, direction } = gate;
  if (rule === "min" || rule === "max" || rule === "history") return limit;
  if (rule !== "no-regression" || baseline === undefined || margin === undefined) return undefined;
  if (direction !== "up" && direction !== "down") return undefined;
  const loss = direction === "up" ? -margin : margin;
  return scale === "relative" ? baseline * (1 + loss) : baseline + loss;
}

/** The past values of one metric, oldest first. */
export function pastValues(history: readonly PastRun[], metric: string): { sha: string; value: number }[] {
  return history.flatMap(({ sha, values }) => {
    const value = Object.hasOwn(values, metric) ? values[metric] : undefined;
    return value === undefined ? [] : [{ sha, value }];
  });
}

/** `▃▄▅▇▁`: a hint of a course, its lowest the lowest block; all equal lie in the middle. At most `most` values, the latest. */
export function sparkline(values: readonly number[], most = 20): string {
  const shown = values.slice(-most);
  const low = Math.min(...shown);
  const high = Math.max(...shown);
  return shown
    .map((value) => blocks[high === low ? 3 : Math.min(7, Math.floor(((value - low) / (high - low)) * 8))] ?? "")
    .join("");
}
