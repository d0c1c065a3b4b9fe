import type { GateResult } from "@metricgate/core/documents/verdict";
import { safeUnit } from "../escape/unit.ts";
import { decimalsFor } from "./decimals.ts";
import { fixed, signed } from "./number.ts";

/** The numbers of a gate as they are printed; what is not known is an empty text. */
export interface GateNumbers {
  baseline: string;
  candidate: string;
  change: string;
  /** `−0.041 to −0.012` */
  interval: string;
  allowed: string;
  /** `−0.005`: the smaller loss from which on it warns. */
  warned: string;
  /** `0.040 below`: how far a value that misses its limit lies beyond it. */
  beyond: string;
}

type Numbers = Pick<
  GateResult,
  | "rule"
  | "direction"
  | "unit"
  | "baseline"
  | "candidate"
  | "change"
  | "scale"
  | "interval"
  | "margin"
  | "warnMargin"
  | "limit"
  | "band"
  | "groups"
>;

function bounds(gate: Numbers): number[] {
  return gate.interval === undefined ? [] : [gate.interval.low, gate.interval.high];
}

/** The change that a margin stands for: the largest loss, or for an improvement the smallest gain, with its sign. */
function threshold(gate: Numbers, margin: number): number {
  const good = gate.direction === "down" ? -1 : 1;
  return gate.rule === "improvement" ? good * margin : -good * margin;
}

/** The changes at which a gate's finding turns. */
function turns(gate: Numbers): number[] {
  const margins = [gate.margin, gate.warnMargin].filter((margin) => margin !== undefined);
  return gate.direction === "near" || gate.rule === "equivalence"
    ? margins.flatMap((margin) => [margin, -margin])
    : margins.map((margin) => threshold(gate, margin));
}

/** Pairs that must keep their order when change, bounds and margins are rounded alike. */
function changeOrder(gate: Numbers): [number, number][] {
  // The interval of a limit is one of the value, not of a change.
  if (gate.change === undefined) return [];
  const moving = [gate.change, ...bounds(gate)];
  const tiny = 1e-6 * Math.max(Math.abs(gate.baseline ?? 0), Math.abs(gate.candidate ?? 0));
  const zero = moving.filter((value) => Math.abs(value) > tiny).map((value): [number, number] => [value, 0]);
  return [...zero, ...turns(gate).flatMap((at) => moving.map((value): [number, number] => [value, at]))];
}

/** A value and its interval against the ends of what is allowed. */
function limitOrder(gate: Numbers): [number, number][] {
  if (gate.change !== undefined || gate.rule === "near" || gate.candidate === undefined) return [];
  const ends = [gate.limit, gate.band?.low, gate.band?.high].filter((end) => end !== undefined);
  const values = [gate.candidate, ...bounds(gate)];
  return ends.flatMap((end) => values.map((value): [number, number] => [value, end]));
}

function bandText({ low, high }: NonNullable<Numbers["band"]>, value: (value: number) => string): string {
  if (low === undefined) return high === undefined ? "" : `≤ ${value(high)}`;
  return high === undefined ? `≥ ${value(low)}` : `${value(low)} to ${value(high)}`;
}

function allowedText(gate: Numbers, shown: (value: number) => string, value: (value: number) => string): string {
  if (gate.rule === "min" && gate.limit !== undefined) return `≥ ${value(gate.limit)}`;
  if (gate.rule === "max" && gate.limit !== undefined) return `≤ ${value(gate.limit)}`;
  if (gate.rule === "near" && gate.limit !== undefined) return `±${value(gate.limit)} of the target`;
  if (gate.band !== undefined) return bandText(gate.band, value);
  if (gate.rule === "fairness" && gate.limit !== undefined)
    return `${gate.groups?.measure === "ratio" ? "≥" : "≤"} ${value(gate.limit)}`;
  if (gate.margin === undefined) return "";
  const at = threshold(gate, gate.margin);
  if (gate.margin === 0 && gate.rule !== "improvement") {
    const way = gate.direction === "down" ? "rise" : "drop";
    return `no ${gate.rule === "equivalence" || gate.direction === "near" ? "change" : way}`;
  }
  if (gate.rule === "equivalence") return `±${shown(gate.margin).replace(/^[+±]/, "")}`;
  if (gate.direction === "near") return `±${shown(gate.margin).replace(/^[+±]/, "")}`;
  // A gain must be more than what is asked; a bound without a sign says "any".
  if (gate.rule === "improvement") return `${gate.direction === "down" ? "<" : ">"} ${at === 0 ? "0" : shown(at)}`;
  return shown(at);
}

function intervalText({ interval }: Numbers, shown: (value: number) => string): string {
  return interval === undefined ? "" : `${shown(interval.low)} to ${shown(interval.high)}`;
}

/** A share as a percentage. */
function percent(value: number): number {
  return value * 100;
}

/** A value that lies beyond its limit, and by how much. */
function limitMissed(gate: Numbers): { limit: number; value: number; by: number } | undefined {
  const { candidate, limit, rule, band, groups } = gate;
  if (candidate === undefined || limit === undefined) return undefined;
  const missed = { limit, value: candidate, by: candidate - limit };
  const ratio = groups?.measure === "ratio";
  const low =
    rule === "min" || (rule === "fairness" && ratio) || (rule === "history" && candidate < (band?.low ?? candidate));
  const high =
    rule === "max" || (rule === "fairness" && !ratio) || (rule === "history" && candidate > (band?.high ?? candidate));
  return (low && missed.by < 0) || (high && missed.by > 0) ? missed : undefined;
}

/** Decimals of a gate's values, and of its relative changes in `%`. */
export interface Decimals {
  values: number;
  shares: number;
}

/** The least decimals, from `least` on, with which a gate's numbers explain the verdict. */
function decimalsOf(gate: Numbers, least: Decimals): Decimals {
  const values = [gate.baseline, gate.candidate].filter((value) => value !== undefined);
  const relative = gate.scale === "relative";
  const moved: [number, number][] =
    gate.baseline !== undefined && gate.candidate !== undefined && relative ? [[gate.candidate, gate.baseline]] : [];
  const both = gate.baseline !== undefined && gate.candidate !== undefined;
  const missed = limitMissed(gate);
  // A band is computed from runs and has no round ends; the other limits are somebody's words.
  const stated = gate.band === undefined ? gate.limit : undefined;
  const line = {
    values: missed === undefined ? values : [missed.limit, missed.value],
    change: missed?.by ?? (relative || !both ? undefined : gate.change),
    ordered: [...limitOrder(gate), ...(relative ? moved : changeOrder(gate))],
    exact: [stated, relative ? undefined : gate.margin, relative ? undefined : gate.warnMargin].filter(
      (value) => value !== undefined,
    ),
  };
  const percents = {
    values: [10],
    ordered: changeOrder(gate).map(([a, b]): [number, number] => [percent(a), percent(b)]),
    exact: [],
  };
  return { values: decimalsFor(line, least.values), shares: decimalsFor(percents, least.shares) };
}

const none: Decimals = { values: 0, shares: 0 };

/** Nine decimals are the most, so a few rounds settle it. */
const mostRounds = 10;

/** One count of decimals for each metric of a table, so that its numbers stand in the same digits in every line. */
export function tableDecimals(gates: readonly (Numbers & { metric: string })[]): Map<string, Decimals> {
  const found = new Map<string, Decimals>();
  for (let round = 0; round < mostRounds; round += 1) {
    let settled = true;
    for (const gate of gates) {
      const before = found.get(gate.metric) ?? none;
      const after = decimalsOf(gate, before);
      if (found.has(gate.metric) && after.values === before.values && after.shares === before.shares) continue;
      found.set(gate.metric, after);
      settled = false;
    }
    if (settled) break;
  }
  return found;
}

/**
 * A gate's numbers, rounded so that baseline, candidate and change agree and explain the verdict. Shares in `%` change by `pp`;
 * a relative scale changes by ` %`. `least`: the decimals of the table that they stand in.
 */
export function gateNumbers(gate: Numbers, least: Decimals = none): GateNumbers {
  const relative = gate.scale === "relative";
  const missed = limitMissed(gate);
  const { values: decimals, shares: share } = decimalsOf(gate, least);
  const suffix = safeUnit(gate.unit) === "%" ? " pp" : "";
  const change = (value: number): string =>
    relative ? `${signed(percent(value), share)} %` : `${signed(value, decimals)}${suffix}`;
  const value = (of: number | undefined): string => (of === undefined ? "" : fixed(of, decimals));
  const bare = (of: number): string => (relative ? signed(percent(of), share) : signed(of, decimals));
  return {
    baseline: value(gate.baseline),
    candidate: value(gate.candidate),
    change: gate.change === undefined ? "" : change(gate.change),
    interval: intervalText(gate, gate.change === undefined ? value : bare),
    allowed: allowedText(gate, change, value),
    warned: gate.warnMargin === undefined ? "" : change(threshold(gate, gate.warnMargin)),
    beyond: missed === undefined ? "" : `${fixed(Math.abs(missed.by), decimals)} ${missed.by < 0 ? "below" : "above"}`,
  };
}
