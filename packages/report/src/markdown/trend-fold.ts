import { clip } from "@metricgate/core/text/clip";
import { sparkline, type Trend, trendsOf, worstAllowed } from "../content/trend.ts";
import { trendMarks } from "../content/trend-marks.ts";
import { codeSpan } from "../escape/code-span.ts";
import { fencedBlock } from "../escape/fence.ts";
import { htmlName } from "../escape/html.ts";
import { visible } from "../escape/visible.ts";
import { evenColumns } from "../format/even-columns.ts";
import { plural } from "../format/number.ts";
import { ungatedNumbers } from "../format/ungated-numbers.ts";
import type { ModelReport } from "../view.ts";
import { fold } from "./fold.ts";
import { mermaidChart } from "./mermaid.ts";

/** Past runs shown. */
const latest = 20;

/** The gated metrics over the accepted runs of the base branch: a sparkline in the title, one line each, and the worst gate's as a chart. */
export function trendFold(model: ModelReport, most: number, open: boolean): string {
  const all = trendsOf(model);
  const [first] = all.shown;
  if (first === undefined) return "";
  const runs = first.runs.slice(-latest);
  const course = sparkline([...runs.map(({ value }) => value), first.value], latest + 1);
  const title = `<b>Trend</b> <code>${course}</code> <code>${htmlName(first.gate.metric, 60)}</code>, ${plural(runs.length, "accepted run")}, then this one`;
  const shown = all.shown.slice(0, most);
  const cells = shown.map(({ gate, runs: past, value }) => {
    const last = past.at(-1)?.value ?? value;
    const { baseline, candidate } = ungatedNumbers({ baseline: last, candidate: value, change: value - last });
    return [
      clip(visible(gate.metric), 40),
      sparkline([...past.slice(-latest).map((run) => run.value), value], latest + 1),
      baseline,
      candidate,
    ];
  });
  const lines = evenColumns([["metric", "course", "last", "this"], ...cells], new Set([2, 3]));
  const more = all.left + all.shown.length - shown.length;
  const left = more > 0 ? `${plural(more, "row")} not shown.` : "";
  const marked = trendMarks({ ...first, runs }, model.history ?? []);
  const marks = marked === "" ? "" : codeSpan(marked, "paragraph", 400);
  const body = [fencedBlock(lines, "text"), left, marks, trendChart({ ...first, runs })].filter((part) => part !== "");
  return fold(title, body.join("\n\n"), open);
}

function trendChart({ gate, runs, value }: Trend): string {
  const allowed = worstAllowed(gate);
  const values = [...runs.map((run) => run.value), value];
  const end = gate.direction === "down" ? "highest allowed" : "lowest allowed";
  return mermaidChart({
    title: allowed === undefined ? "this metric (blue)" : `this metric (blue), ${end} now (grey)`,
    places: [...names(runs.map(({ sha }) => sha)), "this"],
    lines: allowed === undefined ? [values] : [values, values.map(() => allowed)],
  });
}

/** The shortest beginnings of commits that tell them apart, from four digits on; what is no commit, or occurs twice, gets its place. */
function names(shas: readonly string[]): string[] {
  const length = [4, 5, 6, 7].find((n) => new Set(shas.map((sha) => sha.slice(0, n))).size === shas.length) ?? 7;
  const seen = new Set<string>();
  return shas.map((sha, at) => {
    const name = sha.slice(0, length);
    const plain = /^[0-9a-f]+$/.test(name) && !seen.has(name) ? name : `run ${at + 1}`;
    seen.add(plain);
    return plain;
  });
}
