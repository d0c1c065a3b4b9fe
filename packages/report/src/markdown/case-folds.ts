import { type Cases, type ChangedCases, changedCases, idOf } from "../content/changed-cases.ts";
import { confusionOf, grownConfusions } from "../content/confusion.ts";
import { codeSpan } from "../escape/code-span.ts";
import { count, plural } from "../format/number.ts";
import type { ModelReport } from "../view.ts";
import { fold } from "./fold.ts";
import { table } from "./tables.ts";

/** Classes of a matrix that a comment can hold on a phone. */
const widestMatrix = 6;

function sign(change: number): string {
  return change === 0 ? "±0" : change > 0 ? `+${count(change)}` : `−${count(-change)}`;
}

/** Rows that only one of the two models got right: how many, where, and at most `most` of their ids. */
export function changedCasesFold(model: ModelReport, most: number, open: boolean): string {
  const found = changedCases(model);
  if (found === undefined || found.lost.rows.length + found.won.rows.length === 0) return "";
  const title = `<b>Cases</b>: ${count(found.lost.rows.length)} lost, ${count(found.won.rows.length)} won`;
  return fold(title, caseLines(model, found, most).join("\n"), open);
}

function caseLines(model: ModelReport, { lost, won }: ChangedCases, most: number): string[] {
  return [
    caseLine(model, lost, most, "only the baseline got right"),
    caseLine(model, won, most, "only this model got right"),
  ].filter((line) => line !== "");
}

function caseLine(model: ModelReport, { rows, concentrated }: Cases, most: number, said: string): string {
  if (rows.length === 0 || model.candidateRows === undefined) return "";
  const table_ = model.candidateRows;
  const shown =
    model.examples === "none"
      ? []
      : [...rows.subarray(0, most)].map((row) => codeSpan(idOf(table_, row), "paragraph", 60));
  const where =
    concentrated === undefined
      ? ""
      : `, ${count(concentrated.cases)} of them in ${codeSpan(`${concentrated.column}=${concentrated.value}`, "paragraph", 80)} (${plural(concentrated.rows, "row")} of ${count(table_.count)})`;
  const left = rows.length - shown.length;
  const ids = shown.length === 0 ? "" : `: ${shown.join(", ")}${left > 0 ? ` and ${count(left)} more` : ""}`;
  return `- **${plural(rows.length, "row")}** ${said}${where}${ids}`;
}

/** The confusion matrix with its changes; of many classes the confusions that grew most. */
export function confusionFold(model: ModelReport, open: boolean): string {
  const found = confusionOf(model);
  if (found === undefined || found.classes.length < 2) return "";
  const { classes, counts, changes } = found;
  if (classes.length > widestMatrix) {
    const grown = grownConfusions(found, 5);
    if (grown.length === 0) return "";
    const rows = grown.map((one) => [
      codeSpan(one.actual, "cell", 60),
      codeSpan(one.predicted, "cell", 60),
      count(one.count),
      sign(one.change),
    ]);
    return fold(
      "<b>Confusions that grew</b>",
      table(["Actual", "Predicted as", "Rows", "Change"], rows, ["l", "l", "r", "r"]),
      open,
    );
  }
  const head = ["actual ↓ predicted →", ...classes.map((name) => codeSpan(name, "cell", 40)), "recall"];
  const rows = classes.map((name, a) => {
    const line = counts[a] ?? [];
    const total = line.reduce((sum, n) => sum + n, 0);
    const cells = line.map((n, p) => {
      const change = changes?.[a]?.[p];
      const text = a === p ? `**${count(n)}**` : count(n);
      return change === undefined ? text : `${text} (${sign(change)})`;
    });
    const recall = total === 0 ? "" : `${(Math.round(((line[a] ?? 0) / total) * 1000) / 10).toFixed(1)} %`;
    return [`${codeSpan(name, "cell", 40)} (${count(total)})`, ...cells, recall];
  });
  return fold("<b>Confusion matrix</b>", table(head, rows, ["l", ...classes.map(() => "r" as const), "r"]), open);
}
