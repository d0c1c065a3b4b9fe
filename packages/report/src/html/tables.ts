import type { GateResult, Verdict } from "@metricgate/core/documents/verdict";
import { type NotJudged, whyNotJudged } from "../content/policy-lines.ts";
import { rowsOf } from "../content/row.ts";
import { sliceName } from "../content/slice-name.ts";
import { htmlName, htmlText } from "../escape/html.ts";
import { unitAfter } from "../escape/unit.ts";
import { count, fixed, plural } from "../format/number.ts";
import { ungatedNumbers } from "../format/ungated-numbers.ts";
import { drawable, forestPlot, tone } from "./forest.ts";

function cell(kind: string, label: string, html: string): string {
  const classes = kind === "" ? "" : ` class="${kind}"`;
  return `<td${classes}${label === "" || html === "" ? "" : ` data-label="${label}"`}>${html}</td>`;
}

function values(baseline: string, candidate: string): string {
  if (candidate === "") return baseline === "" ? "" : `${baseline} → missing`;
  return baseline === "" ? candidate : `${baseline} → <strong>${candidate}</strong>`;
}

/** A probability in two decimals that never claims to be certain. */
function share(probability: number): string {
  if (probability > 0.995) return "&gt; 0.99";
  return probability < 0.005 ? "&lt; 0.01" : fixed(probability, 2);
}

function left(total: number, most: number): string {
  return total > most ? `<p class="soft">${plural(total - most, "row")} not shown.</p>` : "";
}

/** The table of gates, in the order given, each with its dot and interval; the numbers beside are the chart's table. */
export function htmlGateTable(verdict: Verdict, gates: readonly GateResult[], most: number): string {
  const shown = gates.slice(0, most);
  const drawn = shown.some(drawable);
  const body = rowsOf(verdict, shown).map((row) => {
    const { numbers, gate } = row;
    const slice = row.slice === undefined ? "" : `<br><code>${htmlName(row.slice)}</code>`;
    const against = row.against === undefined ? "" : `<br><small>vs</small> <code>${htmlName(row.against, 60)}</code>`;
    const rule = row.rule === "" ? "" : ` <small>${row.rule}</small>`;
    const unit = row.unit === "" ? "" : `, ${htmlText(row.unit)}`;
    const name = `<code>${htmlName(row.metric)}</code>${unit}${row.arrow === "" ? "" : ` ${row.arrow}`}${rule}${slice}${against}`;
    // The interval of a limit is one of the value.
    const spread = numbers.interval === "" ? "" : `<br><small>${htmlText(numbers.interval)}</small>`;
    const sure = gate.pSuperior === undefined ? "" : `<br><small>P(better) ${share(gate.pSuperior)}</small>`;
    const change = numbers.change === "" ? htmlText(numbers.beyond) : `${htmlText(numbers.change)}${spread}${sure}`;
    const is = `${values(numbers.baseline, numbers.candidate)}${numbers.change === "" ? spread : ""}`;
    const warned = numbers.warned === "" ? "" : `<br><small>warns at ${htmlText(numbers.warned)}</small>`;
    const many = row.n === undefined ? "" : `<br><small>n ${count(row.n)}</small>`;
    const cells = [
      cell("word", "", `${row.mark} ${row.word}`),
      cell("wide", "", name),
      cell("number", "change", change),
      drawn ? cell("plot", "", forestPlot(row)) : "",
      cell("number", "was → is", `${is}${many}`),
      cell("number", "allowed", `${htmlText(numbers.allowed)}${warned}`),
    ];
    return `<tr class="is-${tone(row)}">${cells.join("")}</tr>`;
  });
  const plot = drawn ? '<th class="plot">← worse · better →</th>' : "";
  const head = `<thead><tr><th>Result</th><th>Gate</th><th class="number">Change</th>${plot}<th class="number">Baseline → this</th><th class="number">Allowed</th></tr></thead>`;
  return `<table>${head}<tbody>${body.join("\n")}</tbody></table>${left(gates.length, most)}`;
}

/** What the dots mean, where some are drawn. */
export function gateLegend(gates: readonly GateResult[], most: number): string {
  const shown = gates.slice(0, most);
  const dots =
    "Dots and intervals are drawn in margins: the line in the middle is no change, the dashed line the largest loss that is allowed. Squares failed, diamonds are open; hollow ones lie beyond the edge. Limits without a change have no dot.";
  const runs = "P(better): how likely a training run of this model is better than one of the baseline.";
  const parts = [
    shown.some(drawable) ? dots : "",
    shown.some(({ pSuperior }) => pSuperior !== undefined) ? runs : "",
  ].filter((part) => part !== "");
  return parts.map((part) => `<p class="legend">${part}</p>`).join("");
}

/** The table of metrics that no gate judged. */
export function htmlNotJudgedTable(metrics: readonly NotJudged[], most: number): string {
  const body = metrics.slice(0, most).map((m) => {
    const { baseline, candidate, change } = ungatedNumbers(m);
    const slice = m.slice === undefined ? "" : `<br><code>${htmlName(sliceName(m.slice))}</code>`;
    const name = `<code>${htmlName(m.metric)}</code>${htmlText(unitAfter(m.unit))}${slice}`;
    const cells = [
      cell("wide", "", name),
      cell("number", "change", m.why === "new" ? "new" : htmlText(change)),
      cell("number", "was → is", values(baseline, candidate)),
      cell("wide", "", whyNotJudged[m.why]),
    ];
    return `<tr class="is-calm">${cells.join("")}</tr>`;
  });
  const head =
    '<thead><tr><th>Metric</th><th class="number">Change</th><th class="number">Baseline → this</th><th>Not judged because</th></tr></thead>';
  return `<table>${head}<tbody>${body.join("\n")}</tbody></table>${left(metrics.length, most)}`;
}
