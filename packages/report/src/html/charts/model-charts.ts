import { residualsOf } from "../../content/residuals.ts";
import { scoreCurves } from "../../content/score-curves.ts";
import { trendsOf, worstAllowed } from "../../content/trend.ts";
import { trendMarks } from "../../content/trend-marks.ts";
import { shortSha } from "../../escape/link.ts";
import { ungatedNumbers } from "../../format/ungated-numbers.ts";
import type { ModelReport } from "../../view.ts";
import { lineChart, type Series } from "./line-chart.ts";

type Points = readonly (readonly [number, number])[];

function both(candidate: Points, baseline: Points | undefined, marks = false): Series[] {
  return [
    ...(baseline === undefined ? [] : [{ name: "baseline", points: baseline, look: "baseline" as const, marks }]),
    { name: "this model", points: candidate, look: "this", marks },
  ];
}

/** ROC, precision and recall, and calibration of both models. */
export function scoreCharts({ candidate, candidateRows, baseline, baselineRows }: ModelReport): string {
  const task = candidate?.rows?.task;
  if (task === undefined || candidateRows === undefined) return "";
  const mine = scoreCurves(candidateRows, task);
  if (mine === undefined) return "";
  const before = baseline?.rows?.task ?? task;
  const theirs = baselineRows === undefined ? undefined : scoreCurves(baselineRows, before);
  const unit = { low: 0, high: 1 };
  const diagonal: Series = {
    name: "as said by the score",
    points: [
      [0, 0],
      [1, 1],
    ],
    look: "limit",
  };
  return [
    lineChart({
      title: "ROC curve",
      finding: "How many positives are caught at each rate of false alarms; higher is better.",
      x: { label: "false positive rate", ...unit },
      y: { label: "true positive rate", ...unit },
      series: both(mine.roc, theirs?.roc),
    }),
    lineChart({
      title: "Precision and recall",
      finding: "How precise the model is at each recall; higher is better.",
      x: { label: "recall", ...unit },
      y: { label: "precision", ...unit },
      series: both(mine.precisionRecall, theirs?.precisionRecall),
    }),
    mine.calibration.length === 0
      ? ""
      : lineChart({
          title: "Calibration",
          finding:
            "The share of positives among rows of about the same score; on the dashed line the score means what it says.",
          x: { label: "mean score", ...unit },
          y: { label: "share of positives", ...unit },
          series: [diagonal, ...both(mine.calibration, theirs?.calibration, true)],
        }),
  ].join("\n");
}

/** How large the errors of a regression are, for both models. */
export function residualChart({ candidateRows, baselineRows }: ModelReport): string {
  const found = residualsOf(candidateRows, baselineRows);
  if (found === undefined) return "";
  const points = (shares: readonly number[]): Points => found.middles.map((middle, i) => [middle, shares[i] ?? 0]);
  return lineChart({
    title: "Errors",
    finding: "The share of rows by error, prediction minus label; narrower around zero is better.",
    x: { label: "error" },
    y: { label: "share of rows", low: 0 },
    series: both(points(found.candidate), found.baseline === undefined ? undefined : points(found.baseline), true),
  });
}

/** Each training curve of the candidate, at most `most`, with the baseline's of the same name. */
export function learningCharts({ candidate, baseline }: ModelReport, most: number): string {
  const curves = candidate?.curves ?? [];
  const charts = curves.slice(0, most).map(({ name, x, points }) => {
    const before = baseline?.curves?.find((other) => other.name === name && other.x === x);
    return lineChart({
      title: name,
      finding: `${name} by ${x} during training, ${points.length} points.`,
      x: { label: x },
      y: { label: "value" },
      series: both(points, before?.points),
    });
  });
  const left = curves.length - charts.length;
  return `${charts.join("\n")}${left > 0 ? `\n<p class="soft">${left} more curves are in the evaluation.</p>` : ""}`;
}

/** Each gated metric over the accepted runs of the base branch, then this one. */
export function trendCharts(model: ModelReport, most: number): string {
  return trendsOf(model)
    .shown.slice(0, most)
    .map((trend) => {
      const { gate, runs, value } = trend;
      const past = runs.map((run, i): readonly [number, number] => [i, run.value]);
      const last = past.at(-1) ?? [0, value];
      const { baseline: was, candidate: is } = ungatedNumbers({
        baseline: last[1],
        candidate: value,
        change: value - last[1],
      });
      const texts = [...runs.map(({ sha }) => shortSha(sha) ?? ""), "this"];
      const every = Math.ceil(texts.length / 6);
      const limit = worstAllowed(gate);
      return lineChart({
        title: gate.metric,
        finding: `${gate.metric} was ${was} in the last accepted run and is ${is} now.`,
        x: {
          label: "accepted runs, oldest first",
          low: 0,
          high: runs.length,
          ticks: texts.flatMap((text, at) => ((texts.length - 1 - at) % every === 0 ? [{ at, text }] : [])),
        },
        y: { label: "value" },
        series: [
          { name: "accepted on the base branch", points: past, look: "baseline", marks: true },
          { name: "this model", points: [last, [runs.length, value]], look: "this", marks: true },
          ...(limit === undefined
            ? []
            : [
                {
                  name: "allowed",
                  points: [
                    [0, limit],
                    [runs.length, limit],
                  ] as Points,
                  look: "limit" as const,
                },
              ]),
        ],
        note: trendMarks(trend, model.history ?? []),
      });
    })
    .join("\n");
}
