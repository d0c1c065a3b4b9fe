import type { GateResult, Verdict } from "@metricgate/core/documents/verdict";
import { baselineParagraph, verdictRemarks } from "../content/baseline.ts";
import { nextSteps } from "../content/next-steps.ts";
import { tableGates, worstFirst } from "../content/order.ts";
import { joined } from "../content/piece.ts";
import { type NotJudged, policyLead, policyLines } from "../content/policy-lines.ts";
import { changed } from "../content/result-word.ts";
import { modelSentence } from "../content/sentence.ts";
import { sliceBars, sliceFinding, sliceGates } from "../content/slice-bars.ts";
import { ungatedSliceLines, ungatedSlices, ungatedWholes } from "../content/ungated-slices.ts";
import { waiverLines } from "../content/waivers.ts";
import { codeSpan } from "../escape/code-span.ts";
import { fencedBlock } from "../escape/fence.ts";
import { prose } from "../escape/prose.ts";
import { count, plural } from "../format/number.ts";
import { modelState } from "../state.ts";
import type { ModelReport, ReportView } from "../view.ts";
import { changedCasesFold, confusionFold } from "./case-folds.ts";
import { curvesFold } from "./curve-folds.ts";
import type { Extent } from "./extent.ts";
import { fold } from "./fold.ts";
import { markdownCommit, markdownSentence } from "./sentence.ts";
import { gateTable, notJudgedTable } from "./tables.ts";
import { trendFold } from "./trend-fold.ts";

function notShown(left: number): string {
  return left > 0 ? `\n\n${plural(left, "row")} not shown.` : "";
}

/** The line under the first table: what the signs mean and what else there is. */
function legend(verdict: Verdict, shown: readonly GateResult[], all: readonly GateResult[]): string {
  const arrows = new Set(shown.map((gate) => gate.direction));
  const listed = new Set(all);
  const rest = verdict.gates.filter((gate) => gate.outcome === "pass" && gate.verdict === "pass" && !listed.has(gate));
  // A slice that changed within what is allowed, and a limit that was kept, are no "no real change".
  const calm = rest.every((gate) => gate.change !== undefined && !changed(gate)) ? " with no real change" : "";
  const level = shown.find((gate) => gate.interval !== undefined)?.interval?.level;
  const parts = [
    arrows.has("up") ? "↑ higher is better" : "",
    arrows.has("down") ? "↓ lower is better" : "",
    level === undefined ? "" : `small numbers: ${Math.round(level * 1000) / 10} % interval`,
    rest.length > 0 ? `${plural(rest.length, shown.length === 0 ? "gate" : "more gate")} passed${calm}` : "",
    all.length > shown.length ? `${plural(all.length - shown.length, "row")} not shown` : "",
  ];
  const text = parts.filter((part) => part !== "").join(" · ");
  return text === "" ? "" : `<sub>${text}</sub>`;
}

function firstTable(verdict: Verdict, extent: Extent): string[] {
  const all = tableGates(verdict);
  const shown = all.slice(0, extent.table);
  return [shown.length === 0 ? "" : gateTable(verdict, shown), legend(verdict, shown, all)];
}

function sliceFold(verdict: Verdict, extent: Extent): string {
  const gates = sliceGates(verdict);
  if (gates.length === 0) return "";
  const title = `<b>Slices</b>: ${sliceFinding(gates)}`;
  const shown = gates.slice(0, extent.slices);
  const body = shown.length === 0 ? "" : fencedBlock(sliceBars(shown), "text");
  return fold(title, `${body}${notShown(gates.length - shown.length)}`.trim(), extent.open);
}

function gatesFold(verdict: Verdict, extent: Extent): string {
  const gates = worstFirst(verdict);
  if (
    gates.length === 0 ||
    (!extent.open && gates.length <= extent.table && tableGates(verdict).length === gates.length)
  )
    return "";
  const shown = gates.slice(0, extent.gates);
  const body = shown.length === 0 ? "" : gateTable(verdict, shown);
  return fold(
    `<b>All gates</b>: ${count(gates.length)}`,
    `${body}${notShown(gates.length - shown.length)}`.trim(),
    extent.open,
  );
}

/** What no gate judged: the metrics with the lines that would gate them, then the slices, largest loss first. */
function notJudgedFold(model: ModelReport, extent: Extent): string {
  const metrics = ungatedWholes(model);
  const slices = ungatedSlices(model);
  if (metrics.length + slices.length === 0) return "";
  const found = [
    metrics.length === 0 ? "" : plural(metrics.length, "metric"),
    slices.length === 0 ? "" : plural(slices.length, "slice"),
  ].filter((part) => part !== "");
  const body = [...ungatedMetrics(model, metrics, extent), ungatedLines(slices, extent)];
  return fold(
    `<b>Not judged</b>: ${found.join(", ")} without a gate`,
    body.filter((part) => part !== "").join("\n\n"),
    extent.open || modelState(model) === "not-judged",
  );
}

function ungatedMetrics(model: ModelReport, metrics: readonly NotJudged[], extent: Extent): string[] {
  const shown = metrics.slice(0, extent.notJudged);
  const rows = shown.length === 0 ? "" : notJudgedTable(shown);
  const { lines, left } = policyLines(model, extent.notJudged);
  const add =
    lines.length === 0 || extent.notJudged === 0
      ? ""
      : `${policyLead(model)}\n\n${fencedBlock(lines, "yaml")}${notShown(left)}`;
  return [`${rows}${notShown(metrics.length - shown.length)}`.trim(), add];
}

function ungatedLines(slices: readonly NotJudged[], extent: Extent): string {
  const shown = slices.slice(0, extent.open ? extent.slices : Math.min(10, extent.slices));
  const lines = shown.length === 0 ? "" : fencedBlock(ungatedSliceLines(shown), "text");
  return `${lines}${notShown(slices.length - shown.length)}`.trim();
}

function runFold(model: ModelReport, view: ReportView, extent: Extent): string {
  const { verdict } = model;
  if (verdict === undefined) return "";
  const { candidate, policy, notes = [] } = verdict;
  const from = policy.ref === undefined ? "" : ` as of ${markdownCommit(policy.ref, view.links)}`;
  const origin = policy.maxDropDefault === true ? "default" : "input";
  const maxDrop =
    policy.maxDrop === undefined ? "" : `, ${origin} ${codeSpan(`max-drop: ${policy.maxDrop}`, "paragraph")}`;
  const tried = (verdict.baselineMissing?.tried ?? []).slice(0, 10);
  const mostNotes = extent.open ? 100 : 10;
  const lines = [
    `- Candidate: ${candidate.sha === undefined ? "no commit known" : markdownCommit(candidate.sha, view.links)}${candidate.committedAt === undefined ? "" : `, committed ${codeSpan(candidate.committedAt, "paragraph", 40)}`}`,
    candidate.model === undefined ? "" : `- Model digest: ${codeSpan(candidate.model, "paragraph")}`,
    `- Evaluation: ${codeSpan(candidate.evaluation, "paragraph")}`,
    verdict.baseline === undefined
      ? ""
      : `- Baseline's evaluation: ${codeSpan(verdict.baseline.evaluation, "paragraph")}`,
    `- Policy: ${policy.path === undefined ? "none" : codeSpan(policy.path, "paragraph")}${from}${maxDrop}`,
    ...tried.map(
      (attempt) =>
        `- Looked for a baseline: ${codeSpan(attempt.from, "paragraph")}, ${prose(attempt.found, "paragraph")}`,
    ),
    ...waiverLines(verdict, 20).map((line) => `- ${markdownSentence(line, view.links)}`),
    ...notes.slice(0, mostNotes).map((note) => `- Note: ${prose(note.text, "paragraph")}`),
    notes.length > mostNotes ? `- ${plural(notes.length - mostNotes, "more note")} not shown.` : "",
  ];
  return fold("<b>Run and policy</b>", lines.filter((line) => line !== "").join("\n"), extent.open);
}

function crashTail(model: ModelReport, extent: Extent): string {
  const tail = model.crashed?.tail;
  if (tail === undefined || tail.trim() === "" || extent.tail === 0) return "";
  const lines = tail
    .replace(/\r\n?/g, "\n")
    .trimEnd()
    .split("\n")
    .map((line) => (line.length > 300 ? `${line.slice(0, 299)}…` : line));
  return fold(
    `<b>Log</b>: the last ${plural(Math.min(lines.length, extent.tail), "line")}`,
    fencedBlock(lines.slice(-extent.tail), "text"),
    true,
  );
}

function rowFolds(model: ModelReport, extent: Extent): string[] {
  if (extent.cases === 0) return [];
  return [
    changedCasesFold(model, extent.cases, extent.open),
    confusionFold(model, extent.open),
    trendFold(model, extent.cases, extent.open),
    curvesFold(model, extent.cases, extent.open),
  ];
}

/** Everything about one model below its title, as Markdown blocks. */
export function modelBlocks(model: ModelReport, view: ReportView, extent: Extent): string[] {
  const { verdict } = model;
  const steps = nextSteps(model, view).map((step, i) => `${i + 1}. ${markdownSentence(step, view.links)}`);
  const blocks = [
    markdownSentence(modelSentence(model, view), view.links),
    ...(verdict === undefined ? [] : firstTable(verdict, extent)),
    ...(verdict === undefined ? [] : verdictRemarks(verdict).map((remark) => markdownSentence(remark, view.links))),
    steps.length === 0 ? "" : `**What to do next**\n${steps.join("\n")}`,
    crashTail(model, extent),
    markdownSentence(joined(baselineParagraph(model, view), " · "), view.links),
    ...(verdict === undefined
      ? []
      : [sliceFold(verdict, extent), ...rowFolds(model, extent), gatesFold(verdict, extent)]),
    notJudgedFold(model, extent),
    runFold(model, view, extent),
  ];
  return blocks.filter((block) => block !== "");
}
