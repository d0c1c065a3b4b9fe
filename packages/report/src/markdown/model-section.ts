import type { GateResult, Verdict } from "@metricgate/core/documents/verdict";
import { baselineParagraph, policyRemarks } from "../content/baseline.ts";
import { nextSteps } from "../content/next-steps.ts";
import { tableGates, worstFirst } from "../content/order.ts";
import { joined } from "../content/piece.ts";
import { policyLines } from "../content/policy-lines.ts";
import { modelSentence } from "../content/sentence.ts";
import { sliceBars, sliceFinding, sliceGates } from "../content/slice-bars.ts";
import { ungatedSliceLines, ungatedSlices, ungatedWholes } from "../content/ungated-slices.ts";
import { codeSpan } from "../escape/code-span.ts";
import { fencedBlock } from "../escape/fence.ts";
import { prose } from "../escape/prose.ts";
import { count, plural } from "../format/number.ts";
import { modelState } from "../state.ts";
import type { ModelReport, ReportView } from "../view.ts";
import { changedCasesFold, confusionFold } from "./case-folds.ts";
import { rocFold, trainingFold } from "./curve-folds.ts";
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
  const compared = verdict.gates.some((gate) => gate.change !== undefined);
  const arrows = new Set(shown.map((gate) => gate.direction));
  const rest =
    verdict.gates.filter((gate) => gate.outcome === "pass" && gate.verdict === "pass").length -
    all.filter((gate) => gate.verdict === "pass").length;
  const level = shown.find((gate) => gate.interval !== undefined)?.interval?.level;
  const parts = [
    arrows.has("up") ? "↑ higher is better" : "",
    arrows.has("down") ? "↓ lower is better" : "",
    level === undefined ? "" : `small numbers: ${Math.round(level * 1000) / 10} % interval`,
    rest > 0
      ? `${plural(rest, shown.length === 0 ? "gate" : "more gate")} passed${compared ? " with no real change" : ""}`
      : "",
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

function ungatedSliceFold(model: ModelReport, extent: Extent): string {
  const slices = ungatedSlices(model);
  if (slices.length === 0) return "";
  const shown = slices.slice(0, extent.open ? extent.slices : Math.min(10, extent.slices));
  const body = shown.length === 0 ? "" : fencedBlock(ungatedSliceLines(shown), "text");
  return fold(
    `<b>Slices without a gate</b>: ${count(slices.length)}, not judged`,
    `${body}${notShown(slices.length - shown.length)}`.trim(),
    extent.open,
  );
}

function notJudgedFold(model: ModelReport, extent: Extent): string {
  const metrics = ungatedWholes(model);
  if (metrics.length === 0) return "";
  const shown = metrics.slice(0, extent.notJudged);
  const { lines, left } = policyLines(model, extent.notJudged);
  const add =
    lines.length === 0 ? "" : `To judge them, add to the policy:\n\n${fencedBlock(lines, "yaml")}${notShown(left)}`;
  const rows = shown.length === 0 ? "" : notJudgedTable(shown);
  const body = [`${rows}${notShown(metrics.length - shown.length)}`.trim(), extent.notJudged === 0 ? "" : add].filter(
    (part) => part !== "",
  );
  return fold(
    `<b>Metrics not judged</b>: ${count(metrics.length)}`,
    body.join("\n\n"),
    extent.open || modelState(model) === "not-judged",
  );
}

function waiverLines(verdict: Verdict): string[] {
  const waived = verdict.gates.filter((gate) => gate.waiver !== undefined).slice(0, 20);
  return waived.map((gate) => {
    const { reason = "", by = "", until = "" } = gate.waiver ?? {};
    return `- Waived: ${codeSpan(gate.id, "paragraph")} until ${prose(until, "paragraph")}, by ${codeSpan(by, "paragraph")}: ${prose(reason, "paragraph")}`;
  });
}

function runFold(model: ModelReport, view: ReportView, extent: Extent): string {
  const { verdict } = model;
  if (verdict === undefined) return "";
  const { candidate, policy, notes = [] } = verdict;
  const from = policy.ref === undefined ? "" : ` as of ${markdownCommit(policy.ref, view.links)}`;
  const maxDrop = policy.maxDrop === undefined ? "" : `, input ${codeSpan(`max-drop: ${policy.maxDrop}`, "paragraph")}`;
  const tried = (verdict.baselineMissing?.tried ?? []).slice(0, 10);
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
    ...waiverLines(verdict),
    ...notes.slice(0, extent.open ? 100 : 10).map((note) => `- Note: ${prose(note.text, "paragraph")}`),
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
    rocFold(model, extent.open),
    trainingFold(model, extent.cases, extent.open),
  ];
}

/** Everything about one model below its title, as Markdown blocks. */
export function modelBlocks(model: ModelReport, view: ReportView, extent: Extent): string[] {
  const { verdict } = model;
  const steps = nextSteps(model, view).map((step, i) => `${i + 1}. ${markdownSentence(step, view.links)}`);
  const blocks = [
    markdownSentence(modelSentence(model, view), view.links),
    ...(verdict === undefined ? [] : firstTable(verdict, extent)),
    ...(verdict === undefined ? [] : policyRemarks(verdict).map((remark) => markdownSentence(remark, view.links))),
    steps.length === 0 ? "" : `**What to do next**\n${steps.join("\n")}`,
    crashTail(model, extent),
    markdownSentence(joined(baselineParagraph(model, view), " · "), view.links),
    ...(verdict === undefined
      ? []
      : [sliceFold(verdict, extent), ...rowFolds(model, extent), gatesFold(verdict, extent)]),
    ungatedSliceFold(model, extent),
    notJudgedFold(model, extent),
    runFold(model, view, extent),
  ];
  return blocks.filter((block) => block !== "");
}
