import type { Interval } from "../../documents/fields.ts";
import type { GroupGap } from "../../documents/verdict.ts";
import { measure } from "../../metrics/influence.ts";
import type { Measured } from "../../metrics/measured.ts";
import { independentDifference } from "../../statistics/independent-difference.ts";
import { studentCdf, studentQuantile } from "../../statistics/student.ts";
import { groupOf, spreadOf } from "../../statistics/variance.ts";
import type { PairedRows } from "../rows-reading.ts";
import type { Group } from "./groups.ts";

/** The gap between two groups, or between a group and all rows. */
export interface Gap {
  /** The lower group first; of `to-overall` the group and `all`. */
  pair: [string, string];
  /** A difference ≥ 0, or a ratio ≤ 1. */
  size: number;
  /** Of the difference, or of the ratio. */
  interval: Interval;
  /** Two-sided p of no gap. */
  p: number;
  /** Of the difference, or of the logarithm of the ratio. */
  stderr: number;
}

interface Asked {
  metric: string;
  rows: Pick<PairedRows, "candidate" | "task">;
  groups: readonly Group[];
  level: number;
  seed: number;
}

/** Every gap that a measure looks at: each pair of groups, or each group against all rows; or the reason code why one has no value. */
export function gapsOf(kind: GroupGap["measure"], asked: Asked): Gap[] | { undefined: string } {
  return kind === "to-overall" ? gapsToOverall(asked) : gapsOfPairs(kind, asked);
}

function gapsOfPairs(
  kind: "difference" | "ratio",
  { rows, groups, level, seed }: Asked,
): Gap[] | { undefined: string } {
  const units = groupOf(rows.candidate);
  const gaps: Gap[] = [];
  for (const [index, one] of groups.entries()) {
    for (const other of groups.slice(index + 1)) {
      // The larger first for a difference of at least 0, the smaller first for a ratio of at most 1.
      const rising = one.measured.value <= other.measured.value;
      const [low, high] = rising ? [one, other] : [other, one];
      const [a, b] = kind === "ratio" ? [low, high] : [high, low];
      const found = independentDifference(a.measured, b.measured, {
        scale: kind === "ratio" ? "ratio" : "absolute",
        level,
        seed,
        atA: a.at,
        atB: b.at,
        ...(units && { groupsA: units, groupsB: units }),
      });
      if ("undefined" in found) return found;
      const { change, interval, pGap, stderr } = found;
      gaps.push({ pair: [low.name, high.name], size: change, interval, p: pGap, stderr });
    }
  }
  return gaps;
}

/** A group is part of all rows, so both are held against each other row by row: influence inside the group less influence of all. */
function gapsToOverall({ metric, rows, groups, level }: Asked): Gap[] | { undefined: string } {
  const overall = measure(metric, rows.candidate, rows.task);
  if ("undefined" in overall) return overall;
  const units = groupOf(rows.candidate);
  const gaps: Gap[] = [];
  for (const { name, at, measured } of groups) {
    const shift = shiftOf(measured, at, overall);
    const spread = shift === undefined ? undefined : spreadOf(shift, units, undefined);
    if (spread === undefined) return { undefined: "no-influence" };
    const change = measured.value - overall.value;
    const size = Math.abs(change);
    const half = studentQuantile((1 + level) / 2, spread.df) * spread.stderr;
    const p = size === 0 ? 1 : spread.stderr === 0 ? 0 : 2 * studentCdf(-size / spread.stderr, spread.df);
    const interval = { low: size - half, high: size + half, level, method: "influence" };
    gaps.push({ pair: [name, "all"], size, interval, p, stderr: spread.stderr });
  }
  return gaps;
}

function shiftOf(group: Measured, at: Int32Array, overall: Measured): Float64Array | undefined {
  if (group.influence.length !== at.length || overall.influence.length === 0) return undefined;
  const shift = overall.influence.map((value) => -value);
  for (const [place, row] of at.entries()) shift[row] = (shift[row] ?? 0) + (group.influence[place] ?? 0);
  return shift;
}
