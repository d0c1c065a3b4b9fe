import type { HistoryPoint, MetricHistory } from "@metricgate/core/baselines/metric-history";
import { sparkline } from "../content/trend.ts";
import { waiverWord } from "../content/waiver-word.ts";
import { plain } from "../escape/prose.ts";
import { safeUnit } from "../escape/unit.ts";
import { decimalsFor } from "../format/decimals.ts";
import { evenColumns } from "../format/even-columns.ts";
import { fixed, plural, signed } from "../format/number.ts";

const widest = 20;
const arrows = { up: "↑ higher is better", down: "↓ lower is better", near: "≈ near is better" } as const;

/** The accepted values of a metric for a terminal: a sparkline, then one line for each version, oldest first, with a bar between the lowest and the highest. */
export function historyText(history: MetricHistory): string {
  const { points, metric, model, direction } = history;
  const values = points.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const unit = safeUnit(history.unit);
  const head = [
    `${plain(metric, 200)}${unit === "" ? "" : `, ${unit}`}`,
    direction === undefined ? "" : arrows[direction],
  ];
  const title = `${plain(model, 64)}: ${head.filter((part) => part !== "").join(", ")}; ${plural(points.length, "accepted run")}`;
  const course = values.length < 2 ? "" : `${sparkline(values, points.length)}\n`;
  return `${title}\n${course}\n${evenColumns(tableOf(points, values), new Set([2, 3])).join("\n")}\n`;
}

function tableOf(points: readonly HistoryPoint[], values: readonly number[]): string[][] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const changes = points.map((point, at) => changeAt(points, point, at));
  const steps = changes.filter((change) => change !== undefined && change !== 0);
  const decimals = decimalsFor({
    values,
    change: steps.length === 0 ? undefined : Math.min(...steps.map((step) => Math.abs(step ?? 0))),
    ordered: [],
    exact: [],
  });
  const rows = points.map((point, at) => {
    const { sha, committedAt = "", value } = point;
    const change = changes[at];
    return [
      plain(sha.slice(0, 7), 7),
      plain(committedAt.slice(0, 10), 10),
      value === undefined ? "" : fixed(value, decimals),
      change === undefined ? "" : signed(change, decimals),
      value === undefined ? "" : bar(value, low, high),
      remarksOf(point).join(", "),
    ];
  });
  return [["commit", "date", "value", "change", "", ""], ...rows];
}

/** Against the last point before it that has a value. */
function changeAt(points: readonly HistoryPoint[], { value }: HistoryPoint, at: number): number | undefined {
  const before = points.slice(0, at).findLast((point) => point.value !== undefined)?.value;
  return value === undefined || before === undefined ? undefined : value - before;
}

function bar(value: number, low: number, high: number): string {
  return "#".repeat(high === low ? widest / 2 : 1 + Math.round(((widest - 1) * (value - low)) / (high - low)));
}

/** What is special about a point, in words. */
export function remarksOf({ waived, waiverUsed, policyChanged, evalSetChanged, without }: HistoryPoint): string[] {
  return [
    without === undefined ? "" : plain(without, 60),
    waived === true ? waiverWord(waiverUsed) : "",
    policyChanged === true ? "policy changed" : "",
    evalSetChanged === true ? "other eval set" : "",
  ].filter((remark) => remark !== "");
}
