import type { Note } from "../../documents/fields.ts";
import type { GroupGap, Outcome, Reason } from "../../documents/verdict.ts";
import { isComputable } from "../../metrics/known.ts";
import type { FairnessRule } from "../../policy/rule-schemas.ts";
import type { GateEntry } from "../../policy/schema.ts";
import { holm } from "../../statistics/holm.ts";
import { type Draft, draftOf, unjudged } from "../draft.ts";
import { noValue } from "../no-value.ts";
import { numberText, percentText } from "../number-text.ts";
import { because, remark } from "../reasons.ts";
import { uncertain } from "../rules/change-reasons.ts";
import { rowsFor, type Settling } from "../rules/rows-to-settle.ts";
import type { Scope } from "../scope.ts";
import { columnsOf, hasColumns } from "../slice-columns.ts";
import { DEFAULT_SUPPORT } from "../slice-drafts.ts";
import type { Names } from "../slice-readings.ts";
import { type Gap, gapsOf } from "./gap.ts";
import { type Groups, groupsOf } from "./groups.ts";

/** More groups than this make too many pairs. */
const MOST_GROUPS = 200;

/**
 * Judges the gaps of a metric between groups of the candidate's rows: pass when the interval of every gap keeps the limit, fail when a gap
 * breaks it and Holm's p of no gap is at most 1 − level, else inconclusive (statistics: `independentDifference`, Holm 1979).
 */
export function fairnessDraft(
  entry: GateEntry,
  rule: FairnessRule,
  names: Names,
  scope: Scope,
): { draft: Draft; notes: Note[] } {
  const draft = (found: Pick<Draft, "outcome" | "reasons"> & Partial<Draft>): Draft => ({
    ...draftOf(entry, names.metric, "fairness", found),
    id: `${names.metric}/fairness[${rule.by}]`,
  });
  const { rows, task } = scope.candidate;
  const missing = (text: string) => draft(unjudged("missing", because("groups-missing", text)));
  if (rows === undefined || task === undefined || !isComputable(names.candidate))
    return { draft: missing(`There are no rows to compute ${names.metric} by ${rule.by} from.`), notes: [] };
  const columns = columnsOf(rule.by, (column) => rows.columns.has(`slice:${column}`));
  if (!hasColumns(rows, columns))
    return { draft: missing(`The rows have no slice column ${rule.by} for the groups of ${names.metric}.`), notes: [] };
  const groups = groupsOf(names.candidate, rows, task, columns, rule["min-support"] ?? DEFAULT_SUPPORT);
  const notes = excludedNote(names.metric, rule.by, groups);
  const { judged } = groups;
  if (judged.length > MOST_GROUPS) {
    const text = `${names.metric} by ${rule.by} has ${judged.length} groups, more than ${MOST_GROUPS}.`;
    return { draft: draft(unjudged("missing", because("too-many-slices", text))), notes };
  }
  if (judged.length < 2) {
    const text = `${judged.length} of ${judged.length + groups.excluded.length} groups of ${names.metric} by ${rule.by} can be judged; a gap needs two.`;
    return { draft: missing(text), notes };
  }
  const { kind, limit } = limitOf(rule);
  const asked = { metric: names.candidate, rows: { candidate: rows, task }, groups: judged, ...scope };
  const gaps = gapsOf(kind, asked);
  if ("undefined" in gaps) {
    const text = `A gap of ${names.metric} by ${rule.by} could not be measured`;
    return { draft: draft(unjudged("missing", noValue(text, gaps.undefined))), notes };
  }
  return {
    draft: draft(judgeGaps(names.metric, rule.by, { kind, limit }, gaps, groups, rows.count, scope.level)),
    notes,
  };
}

interface GapLimit {
  kind: GroupGap["measure"];
  limit: number;
}

/** The one limit that the policy's check lets through. */
function limitOf(rule: FairnessRule): GapLimit {
  const { "difference-max": difference, "ratio-min": ratio, "to-overall-max": overall } = rule;
  if (ratio !== undefined) return { kind: "ratio", limit: ratio };
  if (overall !== undefined) return { kind: "to-overall", limit: overall };
  return { kind: "difference", limit: difference ?? 0 };
}

function judgeGaps(
  metric: string,
  by: string,
  { kind, limit }: GapLimit,
  gaps: readonly Gap[],
  groups: Groups,
  n: number,
  level: number,
): Pick<Draft, "outcome" | "reasons"> & Partial<Draft> {
  const adjusted = holm(gaps.map(({ p }) => p));
  // 0.4 − 0.3 is a little above 0.1 in doubles: a few units in the last place never decide.
  const slack = 8 * Number.EPSILON * Math.max(1, ...groups.judged.map(({ measured }) => Math.abs(measured.value)));
  const keeps = ({ interval }: Gap) =>
    kind === "ratio"
      ? interval.low >= limit - slack && interval.high <= 1 / limit + slack
      : interval.high <= limit + slack && interval.low >= -limit - slack;
  const breaks = ({ size }: Gap) => (kind === "ratio" ? size < limit - slack : size > limit + slack);
  const failing = gaps.filter((gap, index) => breaks(gap) && (adjusted[index] ?? 1) <= 1 - level);
  const outcome: Outcome = failing.length > 0 ? "fail" : gaps.every(keeps) ? "pass" : "inconclusive";
  const distance = ({ size }: Gap) => (kind === "ratio" ? -size : size);
  const reach = ({ interval }: Gap) => (kind === "ratio" ? -interval.low : interval.high);
  const worst =
    failing.length > 0
      ? most(failing, distance)
      : most(outcome === "pass" ? gaps : gaps.filter((gap) => !keeps(gap)), reach);
  if (worst === undefined) throw new RangeError("a fairness gate needs a gap");
  const settling =
    outcome === "inconclusive"
      ? rowsFor(
          worst.stderr * Math.sqrt(n),
          kind === "ratio" ? Math.abs(Math.log(limit / worst.size)) : Math.abs(limit - worst.size),
          level,
          n,
        )
      : undefined;
  const groupGap: GroupGap = {
    by,
    measure: kind,
    worst: worst.pair,
    values: groups.judged.map(({ name, at, measured }) => ({ group: name, value: measured.value, n: at.length })),
    excluded: groups.excluded,
  };
  return {
    outcome,
    reasons: [reasonOf(metric, { kind, limit }, worst, groupGap, outcome, settling)],
    candidate: worst.size,
    limit,
    interval: worst.interval,
    n,
    p: worst.p,
    adjustedP: adjusted[gaps.indexOf(worst)] ?? 1,
    ...(settling !== undefined && "rows" in settling ? { rowsNeeded: settling.rows } : {}),
    groups: groupGap,
  };
}

function most(gaps: readonly Gap[], by: (gap: Gap) => number): Gap | undefined {
  return gaps.reduce<Gap | undefined>((top, gap) => (top === undefined || by(gap) > by(top) ? gap : top), undefined);
}

function reasonOf(
  metric: string,
  { kind, limit }: GapLimit,
  { pair, size, interval }: Gap,
  { by, values }: GroupGap,
  outcome: Outcome,
  settling: Settling | undefined,
): Reason {
  const of = (name: string) => {
    const value = values.find(({ group }) => group === name)?.value;
    return value === undefined ? name : `${by}=${name} (${numberText(value)})`;
  };
  const [one, other] = pair;
  const spread = `${percentText(interval.level)} interval ${numberText(interval.low)} to ${numberText(interval.high)}`;
  const what =
    kind === "ratio"
      ? `The ratio of ${metric} between ${of(one)} and ${of(other)} is ${numberText(size)} (${spread})`
      : `${metric} of ${of(one)} and of ${kind === "to-overall" ? "all rows" : of(other)} differ by ${numberText(size)} (${spread})`;
  const bound = `${kind === "ratio" ? "at least" : "at most"} ${numberText(limit)}`;
  if (outcome === "fail") return because("gap-too-large", `${what}; allowed is ${bound}.`);
  if (outcome === "pass") return because("within-gap", `${what}, the widest gap; allowed is ${bound}.`);
  return uncertain(`${what}; whether it is ${bound} is open.`, settling);
}

function excludedNote(metric: string, by: string, { excluded }: Groups): Note[] {
  if (excluded.length === 0) return [];
  const shown = excluded.slice(0, 5).map(({ group, n, why }) => `${group} (${n} rows, ${why})`);
  const more = excluded.length > 5 ? ` and ${excluded.length - 5} more` : "";
  return [
    remark("slices-not-judged", `Groups of ${metric} by ${by} that were not judged: ${shown.join(", ")}${more}.`),
  ];
}
