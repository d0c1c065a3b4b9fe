import { type Sentence, words } from "../content/piece.ts";
import { reportRemarks } from "../content/remarks.ts";
import { marks, modelFinding, modelTitle, reportTitle } from "../content/title.ts";
import { worstModels } from "../content/worst-models.ts";
import { codeSpan } from "../escape/code-span.ts";
import { shortSha } from "../escape/link.ts";
import { nameInProse, prose } from "../escape/prose.ts";
import { plural } from "../format/number.ts";
import { modelState, stateOf } from "../state.ts";
import type { ModelReport, ReportView } from "../view.ts";
import type { Extent } from "./extent.ts";
import { modelBlocks } from "./model-section.ts";
import { markdownCommit, markdownLink, markdownSentence } from "./sentence.ts";
import { table } from "./tables.ts";

function modelTable(models: readonly ModelReport[], extent: Extent): string {
  const shown = models.slice(0, extent.models);
  const rows = shown.map((model) => [marks[modelState(model)], nameInProse(model.model, "cell"), modelFinding(model)]);
  const left = models.length - shown.length;
  return `${table(["", "Model", "Result"], rows, ["c", "l", "l"])}${left > 0 ? `\n\n${plural(left, "row")} not shown.` : ""}`;
}

function footer(view: ReportView): string {
  const links = [
    view.links.report === undefined ? "" : `**${markdownLink("Open the full report", view.links.report)}**`,
    view.links.run === undefined ? "" : markdownLink("logs", view.links.run),
  ].filter((link) => link !== "");
  const earlier = (view.earlier ?? []).slice(-3).map(({ head, text }): string => {
    const short = shortSha(head);
    return `${short === undefined ? codeSpan(head, "paragraph", 40) : `\`${short}\``} ${prose(text, "paragraph", 80)}`;
  });
  const stamp = [
    view.head === undefined ? "" : `for ${markdownCommit(view.head, view.links)}`,
    earlier.length === 0 ? "" : `earlier in this PR: ${earlier.join(", ")}`,
    "by metricgate",
  ].filter((part) => part !== "");
  return `${links.join(" · ")}${links.length === 0 ? "" : "<br>"}<sub>${stamp.join(" · ")}</sub>`;
}

/** The models that get a section of their own where there is room, worst first; a comment tells of those that passed in its table only. */
export function detailedModels(view: ReportView, extent: Extent): ModelReport[] {
  const models = worstModels(view);
  return models.length === 1 ? models : models.filter((model) => extent.open || modelState(model) !== "pass");
}

/** How many models have no section here, the first of them by name, and where theirs is. */
function leftOut(models: readonly ModelReport[], view: ReportView, extent: Extent): string {
  if (models.length === 0) return "";
  const names = models.slice(0, 5).map(({ model }) => nameInProse(model, "paragraph"));
  const more = models.length > names.length ? ` and ${models.length - names.length} more` : "";
  const failed = models.filter((model) => ["fail", "crashed"].includes(modelState(model))).length;
  const of = failed === 0 ? "" : `, ${failed} of them failed`;
  const page = markdownLink("the full report", view.links.report);
  const summary = markdownLink("the job summary", view.links.run);
  const where = extent.open || view.links.report !== undefined ? page : summary;
  return `**${plural(models.length, "more model")} without a section here**${of}: ${names.join(", ")}${more}. See ${where}.`;
}

function sections(view: ReportView, models: readonly ModelReport[], extent: Extent): string[] {
  const [only] = models;
  if (models.length === 1 && only !== undefined) return modelBlocks(only, view, extent);
  if (models.length === 0) return [];
  const detailed = detailedModels(view, extent);
  return [
    modelTable(models, extent),
    leftOut(detailed.slice(extent.sections), view, extent),
    ...detailed.slice(0, extent.sections).flatMap((model) => {
      const title: Sentence = [words(`${marks[modelState(model)]} `), ...modelTitle(model)];
      return [`#### ${markdownSentence(title, view.links)}`, ...modelBlocks(model, view, extent)];
    }),
  ];
}

/** The report as Markdown blocks joined by blank lines. No line is wrapped: a comment shows every newline as a break. */
export function markdownBody(view: ReportView, extent: Extent): string {
  const state = stateOf(view);
  const { mark, text } = reportTitle(view, state);
  const advice = (view.advice ?? []).slice(0, extent.open ? 50 : 5).map((line) => `- ${prose(line, "paragraph", 400)}`);
  const blocks = [
    `### ${mark} ${markdownSentence(text, view.links)}`,
    ...reportRemarks(view).map((remark) => markdownSentence(remark, view.links)),
    ...sections(view, worstModels(view), extent),
    extent.open && advice.length > 0 ? `**Also**\n${advice.join("\n")}` : "",
    footer(view),
  ];
  return blocks.filter((block) => block !== "").join("\n\n");
}
