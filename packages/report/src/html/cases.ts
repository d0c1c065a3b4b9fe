import { type Cases, changedCases, idOf } from "../content/changed-cases.ts";
import { confusionOf } from "../content/confusion.ts";
import { htmlName, htmlText } from "../escape/html.ts";
import { alone, count, plural } from "../format/number.ts";
import type { ModelReport } from "../view.ts";
import { scrolling } from "./scroll.ts";

/** Rows listed of each kind. */
const mostCases = 100;
/** Classes of a matrix that a page can hold. */
const widestMatrix = 20;

/** What a cell of a column is, as text. */
function cellText(rows: NonNullable<ModelReport["candidateRows"]>, column: string, row: number): string {
  const found = rows.columns.get(column);
  if (found === undefined) return "";
  return found.type === "number" ? alone(found.values[row] ?? Number.NaN) : (found.names[found.codes[row] ?? -1] ?? "");
}

/** The rows that only one of the two models got right: counts, where they concentrate, ids, and columns when they were asked for. */
export function htmlCases(model: ModelReport): string {
  const found = changedCases(model);
  if (found === undefined) return "";
  const parts = [
    list(model, found.lost, "lost", "only the baseline got right"),
    list(model, found.won, "won", "only this model got right"),
  ];
  return parts.join("\n");
}

function list(model: ModelReport, { rows, concentrated }: Cases, kind: string, said: string): string {
  const { candidateRows: mine, baselineRows: theirs, examples = "ids" } = model;
  if (mine === undefined || theirs === undefined) return "";
  const where =
    concentrated === undefined
      ? ""
      : `, ${count(concentrated.cases)} of them in <code>${htmlName(`${concentrated.column}=${concentrated.value}`)}</code> (${plural(concentrated.rows, "row")} of ${count(mine.count)})`;
  const lead = `<p><b>${plural(rows.length, "row")}</b> ${kind}: ${htmlText(said)}${where}.</p>`;
  if (examples === "none" || rows.length === 0) return lead;
  const shown = [...rows.subarray(0, mostCases)];
  const left =
    rows.length > shown.length ? `<p class="soft">${plural(rows.length - shown.length, "row")} not shown.</p>` : "";
  if (examples === "ids")
    return `${lead}<p>${shown.map((row) => `<code>${htmlName(idOf(mine, row), 80)}</code>`).join(" ")}</p>${left}`;
  const own = [...mine.columns.keys()].filter((name) => name !== "prediction" && !name.startsWith("score"));
  const compared = [...mine.columns.keys()].filter((name) => name === "prediction" || name.startsWith("score"));
  const head = ["id", ...own, ...compared.flatMap((name) => [`${name}, baseline`, `${name}, this`])];
  const lines = shown.map((row) => {
    const cells = [
      idOf(mine, row),
      ...own.map((name) => cellText(mine, name, row)),
      ...compared.flatMap((name) => [cellText(theirs, name, row), cellText(mine, name, row)]),
    ];
    return `<tr>${cells.map((cell, i) => `<td data-label="${htmlName(head[i] ?? "")}">${htmlName(cell, 120)}</td>`).join("")}</tr>`;
  });
  const table = `<table><thead><tr>${head.map((name) => `<th>${htmlName(name)}</th>`).join("")}</tr></thead><tbody>${lines.join("")}</tbody></table>`;
  return `${lead}<details><summary>${plural(shown.length, "row")} with ${plural(head.length, "column")}</summary>${scrolling(`Rows ${kind}`, table)}</details>${left}`;
}

/** The confusion matrix with what changed in each cell. */
export function htmlConfusion(model: ModelReport): string {
  const found = confusionOf(model);
  if (found === undefined || found.classes.length < 2) return "";
  const { classes, counts, changes } = found;
  if (classes.length > widestMatrix)
    return `<p class="soft">${plural(classes.length, "class", "classes")}: too many for a matrix.</p>`;
  const head = `<tr><th>actual ↓ predicted →</th>${classes.map((name) => `<th scope="col">${htmlName(name, 40)}</th>`).join("")}<th scope="col">recall</th></tr>`;
  const rows = classes.map((name, a) => {
    const line = counts[a] ?? [];
    const total = line.reduce((sum, n) => sum + n, 0);
    const cells = line.map((n, p) => {
      const change = changes?.[a]?.[p];
      const moved =
        change === undefined
          ? ""
          : ` <small>(${change === 0 ? "±0" : change > 0 ? `+${count(change)}` : `−${count(-change)}`})</small>`;
      return `<td class="${a === p ? "right" : ""}">${count(n)}${moved}</td>`;
    });
    const recall = total === 0 ? "" : `${(Math.round(((line[a] ?? 0) / total) * 1000) / 10).toFixed(1)} %`;
    return `<tr><th scope="row">${htmlName(name, 40)} (${count(total)})</th>${cells.join("")}<td>${recall}</td></tr>`;
  });
  return scrolling(
    "Confusion matrix",
    `<table class="matrix"><thead>${head}</thead><tbody>${rows.join("")}</tbody></table>`,
  );
}
