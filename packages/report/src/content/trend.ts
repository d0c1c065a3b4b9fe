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

/** The trends of a model's gates over all rows, the metric of the worst gate first, and how many more there are. */
export interface Trends {
  shown: readonly Trend[];
  left: number;
}

/** Trends beyond this are only counted. */
const most = 100;

const known = new WeakMap<ModelReport, Trends>();

/** The trends of the metrics with at least two past values. Each extent that is tried asks again, so they are found once. */
export function trendsOf(model: ModelReport): Trends {
  const before = known.get(model);
  if (before !== undefined) return before;
  const found = listed(model);
  known.set(model, found);
  return found;
}

function listed({ verdict, history }: ModelReport): Trends {
  if (verdict === undefined || history === undefined || history.length < 2) return { shown: [], left: 0 };
  const seen = new Set<string>();
  const shown: Trend[] = [];
  let left = 0;
  for (const gate of worstFirst(verdict)) {
    if (!isWhole(gate) || gate.candidate === undefined || seen.has(gate.metric)) continue;
    seen.add(gate.metric);
    if (shown.length === most) {
      left += hasPast(history, gate.metric) ? 1 : 0;
      continue;
    }
    const runs = pastValues(history, gate.metric);
    if (runs.length >= 2) shown.push({ gate, runs, value: gate.candidate });
  }
  return { shown, left };
}

/** True when a metric has at least two past values. */
function hasPast(history: readonly PastRun[], metric: string): boolean {
  let found = 0;
  for (const { values } of history) {
    if (Object.hasOwn(values, metric) && values[metric] !== undefined) found += 1;
    if (found === 2) return true;
  }
  return false;
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
