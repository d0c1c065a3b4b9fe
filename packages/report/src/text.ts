import { baselineParagraph, policyRemarks } from "./content/baseline.ts";
import { nextSteps } from "./content/next-steps.ts";
import { worstFirst } from "./content/order.ts";
import { type Sentence, words } from "./content/piece.ts";
import { plainSentence } from "./content/plain-sentence.ts";
import { notJudged, policyLines, whyNotJudged } from "./content/policy-lines.ts";
import { recordedRemark, staleRemark, untouched } from "./content/remarks.ts";
import { type Row, rowOf } from "./content/row.ts";
import { modelSentence } from "./content/sentence.ts";
import { sliceName } from "./content/slice-name.ts";
import { marks, modelTitle, reportTitle } from "./content/title.ts";
import { worstModels } from "./content/worst-models.ts";
import { plain } from "./escape/prose.ts";
import { visible } from "./escape/visible.ts";
import { evenColumns } from "./format/even-columns.ts";
import { alone, plural } from "./format/number.ts";
import { modelState, stateOf } from "./state.ts";
import type { ModelReport, ReportState, ReportView } from "./view.ts";

const mostRows = 1000;
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
  const rows = gates.map((gate) => rowOf(verdict, gate));
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
  const all = notJudged(model);
  if (all.length === 0) return [];
  // A terminal is no place for a hundred slices that nobody gates.
  const metrics = all.filter(({ slice }) => slice === undefined);
  const slices = all.length - metrics.length;
  const value = (of: number | undefined): string => (of === undefined ? "" : alone(of));
  const cells = metrics
    .slice(0, 200)
    .map((m) => [
      plain(
        `${m.metric}${m.slice === undefined ? "" : ` ${sliceName(m.slice)}`}${m.unit === "" ? "" : `, ${m.unit}`}`,
        100,
      ),
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
          "To judge them, add to the policy:",
          ...lines.map((line) => `  ${visible(line)}`),
          ...(left > 0 ? [`${plural(left, "row")} not shown.`] : []),
          "",
        ];
  return [
    "Not judged:",
    ...evenColumns([["metric", "baseline", "this", ""], ...cells], new Set([1, 2])),
    ...(left1 > 0 ? [`${plural(left1, "row")} not shown.`] : []),
    ...(slices > 0 ? [`${plural(slices, "slice")} without a gate not shown; the HTML report has them.`] : []),
    "",
    ...add,
  ];
}

function modelLines(model: ModelReport, view: ReportView, colour: boolean): string[] {
  const { verdict } = model;
  const steps = nextSteps(model, view).map((step, i) => `  ${i + 1}. ${plainSentence(step)}`);
  const tail = model.crashed?.tail?.replace(/\r\n?/g, "\n").trimEnd().split("\n").slice(-40) ?? [];
  const paragraph = baselineParagraph(model, view).map(plainSentence);
  const remarks = verdict === undefined ? [] : policyRemarks(verdict).map(plainSentence);
  const notes = (verdict?.notes ?? []).slice(0, 50).map((note) => `Note: ${plain(note.text)}`);
  return [
    plainSentence(modelSentence(model, view)),
    "",
    ...gateLines(model, colour),
    ...notJudgedLines(model),
    ...(tail.length === 0 ? [] : ["Log:", ...tail.map((line) => `  | ${visible(line)}`), ""]),
    ...remarks,
    ...paragraph,
    ...notes,
    ...(steps.length === 0 ? [] : ["", "What to do next:", ...steps]),
  ];
}

/** The report for a terminal. Without `colour` it holds no control character; with it only ours. */
export function renderText(view: ReportView, options: { colour: boolean }): string {
  const state = stateOf(view);
  const { mark, text } = reportTitle(view, state);
  const models = worstModels(view);
  const remarks = [staleRemark(view), recordedRemark(view), untouched(view)]
    .filter((remark) => remark.length > 0)
    .map(plainSentence);
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
