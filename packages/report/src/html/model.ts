import { baselineParagraph, verdictRemarks } from "../content/baseline.ts";
import { nextSteps } from "../content/next-steps.ts";
import { worstFirst } from "../content/order.ts";
import { policyLead, policyLines } from "../content/policy-lines.ts";
import { modelSentence } from "../content/sentence.ts";
import { sliceFinding, sliceGates } from "../content/slice-bars.ts";
import { ungatedSlices, ungatedWholes } from "../content/ungated-slices.ts";
import { htmlName, htmlText } from "../escape/html.ts";
import { visible } from "../escape/visible.ts";
import { plural } from "../format/number.ts";
import type { ModelReport, ReportView } from "../view.ts";
import { htmlCases, htmlConfusion } from "./cases.ts";
import { learningCharts, residualChart, scoreCharts, trendCharts } from "./charts/model-charts.ts";
import type { HtmlExtent } from "./extent.ts";
import { htmlReasons } from "./reasons.ts";
import { scrolling } from "./scroll.ts";
import { htmlCommit, htmlSaid, htmlSentence } from "./sentence.ts";
import { gateLegend, htmlGateTable, htmlNotJudgedTable } from "./tables.ts";

/** Notes of a verdict that are told; more are counted. */
const mostNotes = 100;

/** A part with its own address: `#slices`, or `#slices-2` for the second model. */
function part(name: string, at: number, title: string, body: string): string {
  return body === ""
    ? ""
    : `<section id="${name}${at === 0 ? "" : `-${at + 1}`}"><h3>${title}</h3>\n${body}\n</section>`;
}

function crash(model: ModelReport, most: number): string {
  const tail = model.crashed?.tail?.replace(/\r\n?/g, "\n").trimEnd();
  if (tail === undefined || tail === "") return "";
  const lines = tail
    .split("\n")
    .slice(-most)
    .map((line) => htmlText(visible(line.slice(0, 2000))));
  return scrolling("The end of the log", `<pre>${lines.join("\n")}</pre>`);
}

function untold(model: ModelReport, extent: HtmlExtent): string {
  const metrics = ungatedWholes(model);
  const slices = ungatedSlices(model);
  if (metrics.length + slices.length === 0) return "";
  const { lines, left } = policyLines(model, extent.lines);
  const more = left > 0 ? `<p class="soft">${plural(left, "row")} not shown.</p>` : "";
  const add =
    lines.length === 0
      ? ""
      : `<p>${policyLead(model)}</p>${scrolling("Lines for the policy", `<pre>${lines.map((line) => htmlText(visible(line))).join("\n")}</pre>`)}${more}`;
  const sliced =
    slices.length === 0
      ? ""
      : `<details><summary>${plural(slices.length, "slice")} without a gate</summary>${htmlNotJudgedTable(slices, extent.rows)}</details>`;
  return `${metrics.length === 0 ? "" : htmlNotJudgedTable(metrics, extent.rows)}${add}${sliced}`;
}

/** Where every number comes from, by digest. */
function provenance(model: ModelReport, view: ReportView): string {
  const { verdict } = model;
  if (verdict === undefined) return "";
  const { candidate, baseline, policy, baselineMissing } = verdict;
  const code = (text: string | undefined): string => (text === undefined ? "" : `<code>${htmlName(text)}</code>`);
  const tried = (baselineMissing?.tried ?? []).slice(0, 20).map((t) => `${code(t.from)}: ${htmlSaid(t.found)}`);
  const { notes = [] } = verdict;
  const left = notes.length - mostNotes;
  const entries: [string, string][] = [
    [
      "Candidate",
      `${candidate.sha === undefined ? "no commit known" : htmlCommit(candidate.sha, view.links)}${candidate.committedAt === undefined ? "" : `, committed ${code(candidate.committedAt)}`}`,
    ],
    ["Model digest", code(candidate.model)],
    ["Evaluation", code(candidate.evaluation)],
    ["Eval set digest", code(candidate.evalSet?.digest)],
    ["Baseline's evaluation", code(baseline?.evaluation)],
    ["Looked for a baseline", tried.join("<br>")],
    ["Selection", code(verdict.selection)],
    [
      "Policy",
      `${policy.path === undefined ? "none" : code(policy.path)}${policy.ref === undefined ? "" : ` as of ${htmlCommit(policy.ref, view.links)}`}`,
    ],
    ["Policy digest", code(policy.digest)],
    [policy.maxDropDefault === true ? "Default max-drop" : "Input max-drop", code(policy.maxDrop)],
    [
      "Notes",
      [
        ...notes.slice(0, mostNotes).map((note) => htmlSaid(note.text)),
        ...(left > 0 ? [`${plural(left, "more note")} not shown.`] : []),
      ].join("<br>"),
    ],
  ];
  return `<dl>${entries
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`)
    .join("\n")}</dl>`;
}

function charts(drawn: readonly string[]): string {
  const all = drawn.filter((chart) => chart !== "");
  return all.length === 0 ? "" : `<div class="charts">${all.join("\n")}</div>`;
}

/** Everything about one model below its title, as HTML sections. */
export function htmlModel(model: ModelReport, view: ReportView, at: number, extent: HtmlExtent): string {
  const { verdict } = model;
  const links = view.links;
  const remarks =
    verdict === undefined
      ? []
      : verdictRemarks(verdict).map((remark) => `<p class="remark">${htmlSentence(remark, links)}</p>`);
  const steps = nextSteps(model, view).map((step) => `<li>${htmlSentence(step, links)}</li>`);
  const gates = verdict === undefined ? [] : worstFirst(verdict).filter((gate) => gate.slice === undefined);
  const slices = verdict === undefined ? [] : sliceGates(verdict);
  const parts = [
    remarks.join("\n"),
    part("next", at, "What to do next", steps.length === 0 ? "" : `<ol>${steps.join("\n")}</ol>`),
    part("log", at, "Log", crash(model, extent.tail)),
    part(
      "gates",
      at,
      "Gates",
      verdict === undefined || gates.length === 0
        ? ""
        : `${htmlGateTable(verdict, gates, extent.rows)}${gateLegend(gates, extent.rows)}`,
    ),
    part(
      "slices",
      at,
      `Slices: ${sliceFinding(slices)}`,
      verdict === undefined || slices.length === 0
        ? ""
        : `${htmlGateTable(verdict, slices, extent.rows)}${gateLegend(gates, extent.rows) === "" ? gateLegend(slices, extent.rows) : ""}`,
    ),
    part("cases", at, "Cases: rows lost and won", verdict === undefined ? "" : htmlCases(model)),
    part("confusion", at, "Confusion matrix", htmlConfusion(model)),
    part("curves", at, "Curves", charts([scoreCharts(model), residualChart(model)])),
    part("training", at, "Training curves", charts([learningCharts(model, extent.charts)])),
    part("trend", at, "Trend on the base branch", charts([trendCharts(model, extent.charts)])),
    part("reasons", at, "Reasons", verdict === undefined ? "" : htmlReasons(verdict, extent.reasons)),
    part("not-judged", at, "Metrics not judged", untold(model, extent)),
    part(
      "baseline",
      at,
      "What was compared",
      baselineParagraph(model, view)
        .map((line) => `<p>${htmlSentence(line, links)}</p>`)
        .join("\n"),
    ),
    part("provenance", at, "Run, data and policy", provenance(model, view)),
  ];
  return parts.filter((text) => text !== "").join("\n");
}

/** The sentence below a model's title. */
export function htmlLead(model: ModelReport, view: ReportView): string {
  return `<p>${htmlSentence(modelSentence(model, view), view.links)}</p>`;
}
