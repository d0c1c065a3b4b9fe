import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { annotationsOf } from "../../packages/report/src/annotations.ts";
import { renderCheck } from "../../packages/report/src/check.ts";
import { renderComment } from "../../packages/report/src/comment.ts";
import { renderHtml } from "../../packages/report/src/html.ts";
import { stateOf } from "../../packages/report/src/state.ts";
import { renderSummary } from "../../packages/report/src/summary.ts";
import { renderText } from "../../packages/report/src/text.ts";
import type { ReportView } from "../../packages/report/src/view.ts";
import { marker } from "./made.ts";
import { views } from "./views.ts";

const folder = new URL("./golden/", import.meta.url);

const outputs: Record<string, (view: ReportView) => string> = {
  "comment.md": (view) => renderComment(view, { marker }),
  "summary.md": renderSummary,
  html: renderHtml,
  txt: (view) => renderText(view, { colour: false }),
  "check.json": (view) => `${JSON.stringify({ ...renderCheck(view), remarks: annotationsOf(view) }, null, 2)}\n`,
};

/** The views that are not called by their state. */
const failed = ["several", "rules", "no-policy"];

/** Writes the golden files instead of comparing when asked; without a file the test fails. */
const update = process.env.UPDATE_GOLDEN === "1";

describe.each(Object.keys(views))("%s", (name) => {
  const view = views[name] ?? { models: [], links: {} };

  test("is the state that the report names", () => {
    expect(stateOf(view)).toBe(failed.includes(name) ? "fail" : name);
  });

  test.each(Object.keys(outputs))("the %s is the golden one, byte for byte, and the same twice", (ending) => {
    const render = outputs[ending] ?? (() => "");
    const file = new URL(`${name}.${ending}`, folder);
    const text = render(view);
    if (update) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, text);
    }
    expect(existsSync(file), `${name}.${ending} is missing: run with UPDATE_GOLDEN=1 and read it`).toBe(true);
    expect(text).toBe(readFileSync(file, "utf8"));
    expect(render(structuredClone(view))).toBe(text);
  });
});
