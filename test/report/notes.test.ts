import { expect, test } from "vitest";
import { renderComment } from "../../packages/report/src/comment.ts";
import { renderHtml } from "../../packages/report/src/html.ts";
import { renderSummary } from "../../packages/report/src/summary.ts";
import { renderText } from "../../packages/report/src/text.ts";
import type { ReportView } from "../../packages/report/src/view.ts";
import { passView } from "./views.ts";

/** A verdict with this many notes. */
function noted(count: number): ReportView {
  const notes = Array.from({ length: count }, (_, n) => ({ code: "line-open", text: `Remark ${n} of <b>us</b>.` }));
  const view = passView();
  const models = view.models.map(({ verdict, ...model }) =>
    verdict === undefined ? model : { ...model, verdict: { ...verdict, notes } },
  );
  return { ...view, models };
}

test.each([
  ["the comment", 10, (view: ReportView) => renderComment(view, { marker: "" })],
  ["the job summary", 100, (view: ReportView) => renderSummary(view)],
  ["the HTML report", 100, (view: ReportView) => renderHtml(view)],
  ["the terminal", 50, (view: ReportView) => renderText(view, { colour: false })],
])("%s tells %i notes and counts the others", (place, most, render) => {
  const told = (count: number) => render(noted(count)).match(/Remark \d+/g)?.length;
  expect(told(most)).toBe(most);
  expect(render(noted(most))).not.toContain("not shown");
  const text = render(noted(most + 3));
  expect(text.match(/Remark \d+/g)).toHaveLength(most);
  expect(text).toContain("3 more notes not shown.");
  expect(render(noted(most + 1))).toContain("1 more note not shown.");
  if (place !== "the terminal") expect(text).not.toMatch(/(?<!`)<b>us/);
});
