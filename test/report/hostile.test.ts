import { describe, expect, test } from "vitest";
import { annotationsOf } from "../../packages/report/src/annotations.ts";
import { renderCheck } from "../../packages/report/src/check.ts";
import { renderSummary } from "../../packages/report/src/summary.ts";
import { renderText } from "../../packages/report/src/text.ts";
import type { ReportView } from "../../packages/report/src/view.ts";
import { cmark, hasCmark } from "./cmark.ts";
import { bodies, everywhere, frame, harmless, holdMarkdown, isBlank, mixable, strings } from "./hostile-checks.ts";
import { mixedViews, placesOfView, viewOfTexts } from "./hostile-view.ts";
import { gate, verdictOf, viewOf } from "./made.ts";

/** So many reports that every string stands in at least eight places. */
const mixed = Math.ceil((mixable.length * 8) / placesOfView());

function cmarkThere(): boolean {
  if (hasCmark()) return true;
  expect(process.env.METRICGATE_REQUIRE_REAL, "cmark-gfm is required and not installed").not.toBe("1");
  console.warn("not checked: cmark-gfm is not installed");
  return false;
}

/** Every string in every place, then all strings side by side: what holds for each text of the outputs without markup. */
function* allViews(): Generator<{ view: ReportView; named: string }> {
  for (const text of everywhere) yield { view: viewOfTexts(() => text), named: JSON.stringify(text) };
  for (const { view, first } of mixedViews(mixable, Math.ceil(mixable.length / placesOfView())))
    yield { view, named: `the strings from ${first} on` };
}

describe("hostile names", () => {
  test("there are 20,000 of them, and each stands in eight places of comment and summary", () => {
    expect(new Set(strings).size).toBe(20_000);
    expect(mixed * placesOfView()).toBeGreaterThanOrEqual(8 * mixable.length);
    console.info(`${strings.length} strings, ${placesOfView()} places, ${mixed} mixed reports`);
  });

  test("Markdown: GitHub's own parser finds the same tags, and nothing live, when a text stands in every place", () => {
    if (!cmarkThere()) return;
    for (const kind of ["comment", "summary"] as const) {
      const wanted = frame(cmark(bodies[kind](harmless(true))));
      for (let from = 0; from < everywhere.length; from += 100)
        holdMarkdown(
          everywhere.slice(from, from + 100).map((text) => ({
            body: bodies[kind](viewOfTexts(() => text)),
            wanted: isBlank(text) ? undefined : wanted,
            named: () => `${kind} of ${JSON.stringify(text)}`,
          })),
        );
    }
  }, 120_000);

  test.each(["comment", "summary"] as const)(
    "Markdown: the same for all strings side by side, in the %s",
    (kind) => {
      if (!cmarkThere()) return;
      const wanted = frame(cmark(bodies[kind](harmless(false))));
      let batch: Parameters<typeof holdMarkdown>[0][number][] = [];
      for (const { view, first } of mixedViews(mixable, mixed)) {
        batch.push({ body: bodies[kind](view), wanted, named: () => `${kind} of the strings from ${first} on` });
        if (batch.length < 50) continue;
        holdMarkdown(batch);
        batch = [];
      }
      holdMarkdown(batch);
    },
    120_000,
  );

  test("terminal: no control character, no bidirectional mark, and well-formed", () => {
    for (const { view, named } of allViews()) {
      const shown = renderText(view, { colour: false });
      expect(shown.replaceAll("\n", ""), named).not.toMatch(/\p{Cc}|\p{Bidi_Control}|\u200b|\ufeff/u);
      expect(shown.isWellFormed(), named).toBe(true);
    }
  }, 120_000);

  test("check run and annotations: one line each, and only paths of the repository", () => {
    for (const { view, named } of allViews()) {
      const check = renderCheck(view);
      const remarks = annotationsOf(view);
      for (const line of [check.title, ...check.annotations.map((a) => a.message), ...remarks.map((r) => r.text)]) {
        expect(line, named).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
        expect(line.isWellFormed(), named).toBe(true);
      }
      for (const path of [...check.annotations.map((a) => a.path), ...remarks.flatMap((r) => r.file ?? [])]) {
        expect(path).not.toMatch(/^\/|\.\.(?:\/|$)|[\n\r]/);
      }
    }
  }, 120_000);

  test("names are shown as they are when they hold no invisible character", () => {
    if (!hasCmark()) return;
    const seen = strings
      .slice(0, 3000)
      .filter((text) => /^[ -~é漢字💥]*$/u.test(text) && text.trim() === text && text.length > 0 && text.length <= 150);
    expect(seen.length).toBeGreaterThan(300);
    const body = renderSummary(
      viewOf([
        {
          model: "m",
          verdict: verdictOf(
            "m",
            seen.map((metric, i) => gate({ metric, id: `${i}`.padStart(5, "0"), slice: { k: "v" } })),
          ),
        },
      ]),
    );
    const cells = [...cmark(body).matchAll(/<td align="left"><code>(.*?)<\/code> ↑/g)].map(([, name = ""]) =>
      name.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&"),
    );
    expect(cells).toEqual(seen);
  });
});
