import { plainSentence } from "./content/plain-sentence.ts";
import { recordedRemark, staleRemark, untouched } from "./content/remarks.ts";
import { marks, modelFinding, modelTitle, reportTitle } from "./content/title.ts";
import { worstModels } from "./content/worst-models.ts";
import { htmlName, htmlText } from "./escape/html.ts";
import { plural } from "./format/number.ts";
import { htmlLead, htmlModel } from "./html/model.ts";
import { htmlCommit, htmlLink, htmlSaid, htmlSentence } from "./html/sentence.ts";
import { style } from "./html/style.ts";
import { modelState, stateOf } from "./state.ts";
import type { ModelReport, ReportView } from "./view.ts";

/** Models with all their sections; the rest have a row only. */
const mostModels = 50;

function modelList(models: readonly ModelReport[]): string {
  const rows = models.slice(0, 1000).map((model, i) => {
    const name = htmlName(model.model);
    const target = i < mostModels ? `<a href="#model-${i + 1}">${name}</a>` : name;
    return `<tr><td class="word">${marks[modelState(model)]}</td><td class="wide">${target}: ${htmlText(modelFinding(model))}</td></tr>`;
  });
  const left = models.length > 1000 ? `<p class="soft">${plural(models.length - 1000, "row")} not shown.</p>` : "";
  return `<table><thead><tr><th></th><th>Model</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>${left}`;
}

function body(view: ReportView, models: readonly ModelReport[]): string {
  const [only] = models;
  if (only === undefined) return "";
  if (models.length === 1) return htmlModel(only, view, 0);
  const sections = models.slice(0, mostModels).map((model, i) => {
    const title = `${marks[modelState(model)]} ${htmlSentence(modelTitle(model), view.links)}`;
    return `<h2 id="model-${i + 1}">${title}</h2>\n${htmlLead(model, view)}\n${htmlModel(model, view, i)}`;
  });
  const left =
    models.length > mostModels
      ? [`<p class="soft">${plural(models.length - mostModels, "model")} not shown below the table.</p>`]
      : [];
  return [modelList(models), ...sections, ...left].join("\n");
}

function footer(view: ReportView): string {
  const parts = [
    view.head === undefined ? "" : `for ${htmlCommit(view.head, view.links)}`,
    view.links.run === undefined ? "" : htmlLink("logs", view.links.run),
    "by metricgate",
  ];
  return `<p class="soft">${parts.filter((part) => part !== "").join(" · ")}</p>`;
}

/**
 * The report as one HTML file that loads nothing, runs no script and prints: verdict, gates with dots and intervals, slices, reasons, provenance.
 * Its address parts are `#gates`, `#slices`, `#reasons`, `#not-judged`, `#baseline`, `#provenance`, with `-2` and so on for further models.
 */
export function renderHtml(view: ReportView): string {
  const state = stateOf(view);
  const { mark, text } = reportTitle(view, state);
  const models = worstModels(view);
  const [only] = models;
  const lead = models.length === 1 && only !== undefined ? htmlLead(only, view) : "";
  const remarks = [staleRemark(view), recordedRemark(view), untouched(view)].filter((remark) => remark.length > 0);
  const advice = (view.advice ?? []).slice(0, 50).map((line) => `<p class="remark">${htmlSaid(line)}</p>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${htmlText(plainSentence(text))}</title>
<style>${style}</style>
</head>
<body>
<header class="verdict is-${state}">
<h1>${mark} ${htmlSentence(text, view.links)}</h1>
${[lead, ...remarks.map((remark) => `<p>${htmlSentence(remark, view.links)}</p>`)].filter((line) => line !== "").join("\n")}
</header>
<main>
${[...advice, body(view, models)].filter((block) => block !== "").join("\n")}
</main>
<footer>${footer(view)}</footer>
</body>
</html>
`;
}
