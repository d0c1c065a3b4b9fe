import { clip } from "@metricgate/core/text/clip";
import { type ScoreCurves, scoreCurves } from "../content/score-curves.ts";
import { sparkline } from "../content/trend.ts";
import { fencedBlock } from "../escape/fence.ts";
import { visible } from "../escape/visible.ts";
import { evenColumns } from "../format/even-columns.ts";
import { alone, fixed, plural, signed } from "../format/number.ts";
import type { ModelReport } from "../view.ts";
import { fold } from "./fold.ts";
import { mermaidChart } from "./mermaid.ts";
import { table } from "./tables.ts";

/** The false positive rates at which a classifier is looked at first: they are what decides. */
const operating = [
  { alarms: 0.001, said: "0.1 %" },
  { alarms: 0.01, said: "1 %" },
  { alarms: 0.05, said: "5 %" },
  { alarms: 0.1, said: "10 %" },
] as const;
const ticks = Array.from({ length: 21 }, (_, i) => i / 20);

/** What a classifier catches at four rates of false alarms with its ROC curve, and how the metrics went during training. */
export function curvesFold(model: ModelReport, most: number, open: boolean): string {
  const score = scorePart(model);
  const training = trainingPart(model, most);
  const parts = [score, training].filter((part) => part !== undefined);
  if (parts.length === 0) return "";
  const title = `<b>Curves</b>: ${parts.map((part) => part.title).join(" · ")}`;
  return fold(title, parts.map((part) => part.body).join("\n\n"), open);
}

interface Part {
  title: string;
  body: string;
}

function scorePart({ candidate, candidateRows, baseline, baselineRows }: ModelReport): Part | undefined {
  const task = candidate?.rows?.task;
  if (task === undefined || candidateRows === undefined) return undefined;
  const mine = scoreCurves(candidateRows, task);
  if (mine === undefined) return undefined;
  const theirs = baselineRows === undefined ? undefined : scoreCurves(baselineRows, baseline?.rows?.task ?? task);
  const percent = (share: number): string => `${fixed(share * 100, 1)} %`;
  const was = theirs === undefined ? "" : ` (was ${percent(theirs.caught(0.01))})`;
  return {
    title: `${percent(mine.caught(0.01))} caught at 1 % false alarms${was}`,
    body: `${operatingTable(mine, theirs, percent)}\n\n${rocChart(mine, theirs)}`,
  };
}

function operatingTable(mine: ScoreCurves, theirs: ScoreCurves | undefined, percent: (share: number) => string) {
  const head =
    theirs === undefined
      ? ["False alarms at most", "Caught"]
      : ["False alarms at most", "Caught: baseline → this", "Change"];
  const rows = operating.map(({ alarms, said }) => {
    const now = mine.caught(alarms);
    if (theirs === undefined) return [said, percent(now)];
    const before = theirs.caught(alarms);
    const [from, to] = [Math.round(before * 1000), Math.round(now * 1000)];
    return [said, `${percent(before)} → ${percent(now)}`, `${signed((to - from) / 10, 1)} pp`];
  });
  return table(head, rows, theirs === undefined ? ["r", "r"] : ["r", "c", "r"]);
}

function rocChart(mine: ScoreCurves, theirs: ScoreCurves | undefined): string {
  const line = ({ caught }: ScoreCurves): number[] => ticks.map((alarms) => caught(alarms));
  return mermaidChart({
    title:
      theirs === undefined
        ? "share caught by share of false alarms"
        : "share caught by share of false alarms: this (blue), baseline (grey)",
    places: ticks.map((alarms) => fixed(alarms, 2)),
    lines: theirs === undefined ? [line(mine)] : [line(mine), line(theirs)],
    low: 0,
    high: 1,
  });
}

function trainingPart({ candidate, baseline }: ModelReport, most: number): Part | undefined {
  const curves = candidate?.curves ?? [];
  if (curves.length === 0) return undefined;
  const shown = curves.slice(0, most);
  const cells = shown.map(({ name, x, points }) => {
    const before = baseline?.curves?.find((other) => other.name === name && other.x === x)?.points.at(-1)?.[1];
    const values = evenly(points.map(([, value]) => value));
    const last = points.at(-1);
    return [
      clip(visible(name), 40),
      values.length === 0 ? "" : sparkline(values),
      last === undefined ? "" : `${x} ${alone(last[0])}`,
      before === undefined ? "" : alone(before),
      last === undefined ? "" : alone(last[1]),
    ];
  });
  const lines = evenColumns([["curve", "course", "last at", "base", "this"], ...cells], new Set([3, 4]));
  const left = curves.length > shown.length ? `\n\n${plural(curves.length - shown.length, "row")} not shown.` : "";
  return { title: plural(curves.length, "training curve"), body: `${fencedBlock(lines, "text")}${left}` };
}

/** At most 20 values of a course, even, first and last among them. */
function evenly(values: readonly number[]): number[] {
  if (values.length <= 20) return [...values];
  return Array.from({ length: 20 }, (_, i) => values[Math.round((i * (values.length - 1)) / 19)] ?? 0);
}
