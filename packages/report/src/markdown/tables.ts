import type { GateResult, Verdict } from "@metricgate/core/documents/verdict";
import { markdownTable } from "markdown-table";
import { type NotJudged, whyNotJudged } from "../content/policy-lines.ts";
import { arrows, type Row, rowsOf } from "../content/row.ts";
import { sliceName } from "../content/slice-name.ts";
import { codeSpan } from "../escape/code-span.ts";
import { unitAfter } from "../escape/unit.ts";
import { ungatedNumbers } from "../format/ungated-numbers.ts";

type Align = "l" | "c" | "r";

/** A table of cells that are Markdown already; no padding, so that a body's size is its content's. */
export function table(head: string[], rows: string[][], align: Align[]): string {
  return markdownTable([head, ...rows], { align, alignDelimiters: false });
}

/** The same without the columns that say nothing: a phone shows three. */
function tableOfUsed(columns: readonly { head: string; align: Align; cells: string[] }[]): string {
  const used = columns.filter(({ cells }) => cells.some((cell) => cell !== ""));
  const rows = (used[0]?.cells ?? []).map((_, i) => used.map(({ cells }) => cells[i] ?? ""));
  return table(
    used.map(({ head }) => head),
    rows,
    used.map(({ align }) => align),
  );
}

/** A metric's name with weight. Bold stands outside of the code span; a name that is plain letters needs no span in a cell either. */
function metricCell(name: string, heavy: boolean): string {
  const span = codeSpan(name, "cell");
  return heavy ? `**${span}**` : span;
}

/** `**recall** ↑ <br>country=BR`, with the unit and the kind of rule. */
function gateCell(row: Row): string {
  const heavy = row.mark === "❌" || row.mark === "⚠️";
  const unit = row.unit === "" ? "" : `, ${row.unit}`;
  const arrow = row.arrow === "" ? "" : ` ${row.arrow}`;
  const slice = row.slice === undefined ? "" : ` <br>${codeSpan(row.slice, "cell")}`;
  const rule = row.rule === "" ? "" : ` <br><sub>${row.rule}</sub>`;
  const against = row.against === undefined ? "" : ` <br><sub>vs</sub> ${codeSpan(row.against, "cell", 60)}`;
  return `${metricCell(row.metric, heavy)}${unit}${arrow}${slice}${against}${rule}`;
}

/** `0.731 → **0.704**`; `new` when there is no baseline, `missing` when there is no candidate. */
function valuesCell(row: Row): string {
  const { baseline, candidate, change, interval } = row.numbers;
  // The interval of a limit is one of the value.
  const spread = change === "" && interval !== "" ? ` <br><sub>${interval}</sub>` : "";
  if (candidate === "") return baseline === "" ? "" : `${baseline} → missing`;
  const now = row.mark === "❌" || row.mark === "⚠️" ? `**${candidate}**` : candidate;
  return `${baseline === "" ? now : `${baseline} → ${now}`}${spread}`;
}

/** A change, or how far a value lies beyond its limit: a phone shows this column and not the next. */
function changeCell(row: Row): string {
  const { change, interval, beyond } = row.numbers;
  if (change === "") return beyond === "" ? "" : `**${beyond}**`;
  const text = row.mark === "❌" || row.mark === "⚠️" ? `**${change}**` : change;
  return interval === "" ? text : `${text} <br><sub>${interval}</sub>`;
}

function allowedCell({ numbers }: Row): string {
  const text = numbers.allowed.replaceAll(" ", "&nbsp;");
  return numbers.warned === "" ? text : `${text} <br><sub>warns&nbsp;at&nbsp;${numbers.warned}</sub>`;
}

/** The table of gates: result first, because a phone shows the first columns only. */
export function gateTable(verdict: Verdict, gates: readonly GateResult[]): string {
  const rows = rowsOf(verdict, gates);
  const compared = rows.some(({ numbers }) => numbers.baseline !== "");
  return tableOfUsed([
    { head: "Result", align: "l", cells: rows.map(({ mark, word }) => `${mark}&nbsp;${word}`) },
    { head: "Gate", align: "l", cells: rows.map(gateCell) },
    { head: "Change", align: "r", cells: rows.map(changeCell) },
    { head: compared ? "Baseline → this" : "Value", align: compared ? "c" : "r", cells: rows.map(valuesCell) },
    { head: "Allowed", align: "r", cells: rows.map(allowedCell) },
  ]);
}

/** The table of metrics that no gate judged. */
export function notJudgedTable(metrics: readonly NotJudged[]): string {
  const all = metrics.map((m) => ({ m, numbers: ungatedNumbers(m) }));
  const compared = all.some(({ numbers }) => numbers.baseline !== "");
  return tableOfUsed([
    { head: "Metric", align: "l", cells: metrics.map(notJudgedCell) },
    { head: "Change", align: "r", cells: all.map(({ numbers }) => numbers.change) },
    {
      head: compared ? "Baseline → this" : "Value",
      align: compared ? "c" : "r",
      cells: all.map(({ numbers: { baseline, candidate } }) =>
        baseline === "" ? candidate : `${baseline} → ${candidate === "" ? "missing" : candidate}`,
      ),
    },
  ]);
}

/** The name, which way is good, and below it why nothing was judged. */
function notJudgedCell(m: NotJudged): string {
  const slice = m.slice === undefined ? "" : ` <br>${codeSpan(sliceName(m.slice), "cell")}`;
  const unit = unitAfter(m.unit);
  const arrow = m.direction === undefined ? "" : ` ${arrows[m.direction]}`;
  return `${codeSpan(m.metric, "cell")}${unit}${arrow}${slice} <br><sub>${whyNotJudged[m.why]}</sub>`;
}
