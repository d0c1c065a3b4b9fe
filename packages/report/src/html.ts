import { mostThatFit } from "./content/most-that-fit.ts";
import { plainSentence } from "./content/plain-sentence.ts";
import { reportRemarks } from "./content/remarks.ts";
import { marks, modelFinding, modelTitle, reportTitle } from "./content/title.ts";
import { worstModels } from "./content/worst-models.ts";
import { htmlName, htmlText } from "./escape/html.ts";
import { utf8Bytes } from "./escape/size.ts";
import { plural } from "./format/number.ts";
import { type HtmlExtent, htmlBytes, htmlExtents } from "./html/extent.ts";
import { htmlLead, htmlModel } from "./html/model.ts";
import { htmlCommit, htmlLink, htmlSaid, htmlSentence } from "./html/sentence.ts";
import { style } from "./html/style.ts";
import { modelState, stateOf } from "./state.ts";
import type { ModelReport, ReportView } from "./view.ts";

function modelList(models: readonly ModelReport[], extent: HtmlExtent): string {
  const rows = models.slice(0, extent.list).map((model, i) => {
    const name = htmlName(model.model);
    const target = i < extent.models ? `<a href="#model-${i + 1}">${name}</a>` : name;
    return `<tr><td class="mark">${marks[modelState(model)]}</td><td class="wide">${target}: ${htmlText(modelFinding(model))}</td></tr>`;
  });
  const left =
    models.length > extent.list ? `<p class="soft">${plural(models.length - extent.list, "row")} not shown.</p>` : "";
  return `<table><thead><tr><th class="mark"></th><th>Model</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>${left}`;
}

function body(view: ReportView, models: readonly ModelReport[], extent: HtmlExtent): string {
  const [only] = models;
  if (only === undefined) return "";
  if (models.length === 1) return htmlModel(only, view, 0, extent);
  const sections = models.slice(0, extent.models).map((model, i) => {
    const title = `${marks[modelState(model)]} ${htmlSentence(modelTitle(model), view.links)}`;
    return `<h2 id="model-${i + 1}">${title}</h2>\n${htmlLead(model, view)}\n${htmlModel(model, view, i, extent)}`;
  });
  const left =
    models.length > extent.models
      ? [
          `<p class="soft">${plural(models.length - extent.models, "more model")} without a section here: a page holds 300 kB. Their verdict documents have everything.</p>`,
        ]
      : [];
  return [modelList(models, extent), ...left, ...sections].join("\n");
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
 * The report as one HTML file that loads nothing, runs no script, prints and has less than 300 kB unless columns of rows were asked for: verdict, gates with dots and intervals, slices, reasons, provenance.
 * Its address parts are `#gates`, `#slices`, `#reasons`, `#not-judged`, `#baseline`, `#provenance`, with `-2` and so on for further models.
 */
export function renderHtml(view: ReportView): string {
  const asked = view.models.some(({ examples }) => examples === "columns");
  const bounded = asked ? withIds(view) : view;
  const fits = (text: string): boolean => utf8Bytes(text) <= htmlBytes;
  let page = "";
  for (const extent of htmlExtents) {
    page = pageOf(bounded, extent);
    if (!fits(page)) continue;
    const models = mostThatFit(extent.models, view.models.length, (entries) =>
      fits(pageOf(bounded, { ...extent, models: entries })),
    );
    return asked || models !== extent.models ? pageOf(view, { ...extent, models }) : page;
  }
  return page;
}

/** The view with ids instead of columns: what was asked for beside does not take the room of the rest. */
function withIds(view: ReportView): ReportView {
  const models = view.models.map((model) =>
    model.examples === "columns" ? { ...model, examples: "ids" as const } : model,
  );
  return { ...view, models };
}

function pageOf(view: ReportView, extent: HtmlExtent): string {
  const state = stateOf(view);
  const { mark, text } = reportTitle(view, state);
  const models = worstModels(view);
  const [only] = models;
  const lead = models.length === 1 && only !== undefined ? htmlLead(only, view) : "";
  const remarks = reportRemarks(view);
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
${[...advice, body(view, models, extent)].filter((block) => block !== "").join("\n")}
</main>
<footer>${footer(view)}</footer>
</body>
</html>
`;
}
