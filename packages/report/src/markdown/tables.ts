import type { GateResult, Verdict } from "@metricgate/core/documents/verdict";
import { markdownTable } from "markdown-table";
import { type NotJudged, whyNotJudged } from "../content/policy-lines.ts";
import { type Row, rowOf } from "../content/row.ts";
import { sliceName } from "../content/slice-name.ts";
import { codeSpan } from "../escape/code-span.ts";
import { ungatedNumbers } from "../format/ungated-numbers.ts";

/** A table of cells that are Markdown already; no padding, so that a body's size is its content's. */
export function table(head: string[], rows: string[][], align: ("l" | "c" | "r")[]): string {
  return markdownTable([head, ...rows], { align, alignDelimiters: false });
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
  if (change === "" && beyond !== "") return `**${beyond.replaceAll(" ", "&nbsp;")}**`;
  if (change === "") return row.word === "new" ? "new" : "";
  const text = row.mark === "❌" || row.mark === "⚠️" ? `**${change}**` : change;
  return interval === "" ? text : `${text} <br><sub>${interval}</sub>`;
}

function allowedCell({ numbers }: Row): string {
  const text = numbers.allowed.replaceAll(" ", "&nbsp;");
  return numbers.warned === "" ? text : `${text} <br><sub>warns&nbsp;at&nbsp;${numbers.warned}</sub>`;
}

/** The table of gates: result first, because a phone shows the first columns only. */
export function gateTable(verdict: Verdict, gates: readonly GateResult[]): string {
  const rows = gates.map((gate) => {
    const row = rowOf(verdict, gate);
    return [
      `${row.mark}&nbsp;${row.word.replaceAll(" ", "&nbsp;")}`,
      gateCell(row),
      changeCell(row),
      valuesCell(row),
      allowedCell(row),
    ];
  });
  return table(["Result", "Gate", "Change", "Baseline → this", "Allowed"], rows, ["l", "l", "r", "c", "r"]);
}

/** The table of metrics that no gate judged. */
export function notJudgedTable(metrics: readonly NotJudged[]): string {
  const rows = metrics.map((m) => {
    const { baseline, candidate, change } = ungatedNumbers(m);
    const slice = m.slice === undefined ? "" : ` <br>${codeSpan(sliceName(m.slice), "cell")}`;
    const values = baseline === "" ? candidate : `${baseline} → ${candidate === "" ? "missing" : candidate}`;
    return [
      `${codeSpan(m.metric, "cell")}${m.unit === "" ? "" : `, ${m.unit}`}${slice}`,
      m.why === "new" ? "new" : change,
      values,
      whyNotJudged[m.why],
    ];
  });
  return table(["Metric", "Change", "Baseline → this", "Not judged because"], rows, ["l", "r", "c", "l"]);
}
