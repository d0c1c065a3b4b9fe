import { baselineParagraph, verdictRemarks } from "./content/baseline.ts";
import { changedCases } from "./content/changed-cases.ts";
import { nextSteps } from "./content/next-steps.ts";
import { worstFirst } from "./content/order.ts";
import { type Sentence, words } from "./content/piece.ts";
import { plainSentence } from "./content/plain-sentence.ts";
import { policyLead, policyLines, whyNotJudged } from "./content/policy-lines.ts";
import { reportRemarks } from "./content/remarks.ts";
import { type Row, rowsOf } from "./content/row.ts";
import { modelSentence } from "./content/sentence.ts";
import { marks, modelTitle, reportTitle } from "./content/title.ts";
import { sparkline, trendsOf } from "./content/trend.ts";
import { trendMarks } from "./content/trend-marks.ts";
import { ungatedSlices, ungatedWholes } from "./content/ungated-slices.ts";
import { waiverLines } from "./content/waivers.ts";
import { worstModels } from "./content/worst-models.ts";
import { plain } from "./escape/prose.ts";
import { unitAfter } from "./escape/unit.ts";
import { visible } from "./escape/visible.ts";
import { evenColumns } from "./format/even-columns.ts";
import { alone, count, plural } from "./format/number.ts";
import { modelState, stateOf } from "./state.ts";
import type { ModelReport, ReportState, ReportView } from "./view.ts";

const mostRows = 1000;
const mostNotes = 50;
const csi = "\u001b[";

/** A text in a colour of the terminal. Every text of unknown origin has lost its control characters before. */
function painted(text: string, state: ReportState | Row["mark"], colour: boolean): string {
  if (!colour) return text;
  const bad = state === "fail" || state === "❌";
  const good = state === "pass" || state === "✅";
  const open = state === "warn" || state === "inconclusive" || state === "stale" || state === "⚠️";
  const code = bad ? "31" : good ? "32" : open ? "33" : "36";
  return `${csi}${code}m${text}${csi}0m`;
}

function gateLines(model: ModelReport, colour: boolean): string[] {
  const { verdict } = model;
  if (verdict === undefined || verdict.gates.length === 0) return [];
  const gates = worstFirst(verdict).slice(0, mostRows);
  const rows = rowsOf(verdict, gates);
  const cells = rows.map((row) => [
    row.word,
    plain(`${row.metric}${row.unit === "" ? "" : `, ${row.unit}`}`, 80) + (row.arrow === "" ? "" : ` ${row.arrow}`),
    [
      row.slice === undefined ? "" : plain(row.slice, 60),
      row.against === undefined ? "" : `vs ${plain(row.against, 60)}`,
      row.rule,
    ]
      .filter((part) => part !== "")
      .join(", "),
    row.numbers.change === "" ? row.numbers.beyond : row.numbers.change,
    row.numbers.interval,
    row.numbers.baseline === ""
      ? row.numbers.candidate
      : `${row.numbers.baseline} → ${row.numbers.candidate === "" ? "missing" : row.numbers.candidate}`,
    `${row.numbers.allowed}${row.numbers.warned === "" ? "" : ` (warns at ${row.numbers.warned})`}`,
  ]);
  const [head = "", ...lines] = evenColumns(
    [["result", "gate", "", "change", "interval", "baseline → this", "allowed"], ...cells],
    new Set([3, 4, 5, 6]),
  );
  const left = verdict.gates.length - gates.length;
  return [
    head,
    ...lines.map((line, i) => painted(line, rows[i]?.mark ?? "➖", colour)),
    ...(left > 0 ? [`${plural(left, "row")} not shown.`] : []),
    "",
  ];
}

function notJudgedLines(model: ModelReport): string[] {
  const metrics = ungatedWholes(model);
  // A terminal is no place for a hundred slices that nobody gates.
  const slices = ungatedSlices(model).length;
  if (metrics.length + slices === 0) return [];
  const value = (of: number | undefined): string => (of === undefined ? "" : alone(of));
  const cells = metrics
    .slice(0, 200)
    .map((m) => [
      plain(`${m.metric}${unitAfter(m.unit)}`, 100),
      value(m.baseline),
      value(m.candidate),
      whyNotJudged[m.why],
    ]);
  const { lines, left } = policyLines(model, 50);
  const left1 = metrics.length - cells.length;
  const add =
    lines.length === 0
      ? []
      : [
          policyLead(model),
          ...lines.map((line) => `  ${visible(line)}`),
          ...(left > 0 ? [`${plural(left, "row")} not shown.`] : []),
          "",
        ];
  const table = evenColumns([["metric", "baseline", "this", ""], ...cells], new Set([1, 2]));
  return [
    ...(cells.length === 0 ? [] : ["Not judged:", ...table]),
    ...(left1 > 0 ? [`${plural(left1, "row")} not shown.`] : []),
    ...(slices > 0 ? [`${plural(slices, "slice")} without a gate not shown; the HTML report has them.`] : []),
    "",
    ...add,
  ];
}

/** Rows lost and won, and how the worst gate's metric went on the base branch. */
function rowLines(model: ModelReport): string[] {
  const found = changedCases(model);
  const [trend] = trendsOf(model).shown;
  const lost = found?.lost.concentrated;
  const where =
    lost === undefined ? "" : `, ${count(lost.cases)} of the lost in ${plain(`${lost.column}=${lost.value}`, 80)}`;
  const cases =
    found === undefined || found.lost.rows.length + found.won.rows.length === 0
      ? []
      : [`Cases: ${count(found.lost.rows.length)} rows lost, ${count(found.won.rows.length)} won${where}.`];
  if (trend === undefined) return cases.length === 0 ? [] : [...cases, ""];
  const values = [...trend.runs.map(({ value }) => value), trend.value];
  const runs = plural(Math.min(trend.runs.length, 20), "accepted run");
  const marks = plain(trendMarks({ ...trend, runs: trend.runs.slice(-20) }, model.history ?? []), 400);
  const course = `Trend: ${plain(trend.gate.metric, 80)} ${sparkline(values, 21)} (${runs}, then this one).`;
  return [...cases, course, ...(marks === "" ? [] : [`       ${marks}`]), ""];
}

function modelLines(model: ModelReport, view: ReportView, colour: boolean): string[] {
  const { verdict } = model;
  const steps = nextSteps(model, view).map((step, i) => `  ${i + 1}. ${plainSentence(step)}`);
  const tail = model.crashed?.tail?.replace(/\r\n?/g, "\n").trimEnd().split("\n").slice(-40) ?? [];
  const paragraph = baselineParagraph(model, view).map(plainSentence);
  const remarks = verdict === undefined ? [] : verdictRemarks(verdict).map(plainSentence);
  const waivers = verdict === undefined ? [] : waiverLines(verdict, 50).map(plainSentence);
  const all = verdict?.notes ?? [];
  const shown = all.slice(0, mostNotes).map((note) => `Note: ${plain(note.text)}`);
  const notes = [
    ...shown,
    ...(all.length > mostNotes ? [`${plural(all.length - mostNotes, "more note")} not shown.`] : []),
  ];
  const todo = steps.length === 0 ? [] : ["", "What to do next:", ...steps, ""];
  // Its step speaks of the lines below.
  const early = modelState(model) === "not-judged";
  return [
    plainSentence(modelSentence(model, view)),
    "",
    ...gateLines(model, colour),
    ...rowLines(model),
    ...(early ? todo : []),
    ...notJudgedLines(model),
    ...(tail.length === 0 ? [] : ["Log:", ...tail.map((line) => `  | ${visible(line)}`), ""]),
    ...remarks,
    ...waivers,
    ...paragraph,
    ...notes,
    ...(early ? [] : todo),
  ];
}

/** The report for a terminal. Without `colour` it holds no control character; with it only ours. */
export function renderText(view: ReportView, options: { colour: boolean }): string {
  const state = stateOf(view);
  const { mark, text } = reportTitle(view, state);
  const models = worstModels(view);
  const remarks = reportRemarks(view).map(plainSentence);
  const bodies = models.flatMap((model) => {
    const title: Sentence = [words(`${marks[modelState(model)]} `), ...modelTitle(model)];
    const heading = models.length === 1 ? [] : ["", painted(plainSentence(title), modelState(model), options.colour)];
    return [...heading, ...modelLines(model, view, options.colour)];
  });
  const advice = (view.advice ?? []).map((line) => `Also: ${plain(line)}`);
  const lines = [
    painted(`${mark} ${plainSentence(text)}`, state, options.colour),
    "",
    ...remarks,
    ...bodies,
    ...advice,
  ];
  return `${lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trimEnd()}\n`;
}
