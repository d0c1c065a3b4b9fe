import type { GateResult } from "@metricgate/core/documents/verdict";
import { describe, expect, test } from "vitest";
import { annotationsOf } from "../../packages/report/src/annotations.ts";
import { renderCheck } from "../../packages/report/src/check.ts";
import { renderComment } from "../../packages/report/src/comment.ts";
import { renderHtml } from "../../packages/report/src/html.ts";
import { renderSummary } from "../../packages/report/src/summary.ts";
import { renderText } from "../../packages/report/src/text.ts";
import type { ReportView } from "../../packages/report/src/view.ts";
import { cmark, hasCmark, livePieces, liveText, skeleton } from "./cmark.ts";
import { hostileStrings } from "./hostile-strings.ts";
import { digestOfDigit, evaluationOf, gate, interval, marker, verdictOf, viewOf } from "./views.ts";

const harmless = "harmless";

/** What is an address or a commit by itself is linked by right, so these get a letter that makes them none. */
function noAddress(text: string): string {
  return /^https?:|^[0-9a-f]{7,64}$/.test(text) ? `x${text}` : text;
}

function linksOf(text: string): ReportView["links"] {
  return { repository: noAddress(text), run: noAddress(text), report: noAddress(text) };
}

/** A report in which every text that a document can carry is this one. */
function viewWith(text: string): ReportView {
  const reasons = [{ code: text, text, next: `Then ${text}` }];
  const waiver = { gate: text, reason: text, by: text, until: text };
  const numbers = {
    baseline: 0.7,
    candidate: 0.6,
    change: -0.1,
    margin: 0.05,
    scale: "absolute",
    interval: { ...interval(-0.2, -0.05), method: text },
  } as const;
  const gates: GateResult[] = [
    gate({ metric: text, id: text, unit: text, outcome: "fail", verdict: "fail", reasons, ...numbers }),
    gate({
      metric: text,
      id: `${text}2`,
      slice: { [text]: text },
      outcome: "fail",
      verdict: "warn",
      reasons,
      waiver,
      ...numbers,
    }),
    gate({ metric: text, id: `${text}3`, rule: "presence", outcome: "missing", verdict: "fail", reasons }),
  ];
  const verdict = verdictOf(text, gates, {
    headline: { metric: text, say: text, baseline: 0.7, candidate: 0.6, n: 100 },
    ungated: [{ metric: text, why: "no-gate", unit: text, candidate: 1 }],
    policy: { path: text, changedHere: true, advisory: false, maxDrop: text },
    notes: [{ code: text, text }],
    baseline: { evaluation: digestOfDigit("b"), sha: noAddress(text), from: text },
    candidate: { evaluation: digestOfDigit("a"), sha: noAddress(text), committedAt: text, evalSet: { id: text } },
  });
  const missing = verdictOf(text, gates.slice(2), {
    baselineMissing: { code: "baseline-missing", text, tried: [{ from: text, found: text }] },
  });
  const candidate = evaluationOf(text, {
    metrics: [{ name: text, value: 0.6, from: { file: text, format: text, line: 2 } }],
  });
  return viewOf(
    [
      { model: text, crashed: { step: text, text, tail: `${text}\n${text}` } },
      { model: text, verdict, candidate },
      { model: text, verdict: missing },
    ],
    {
      baseBranch: text,
      head: noAddress(text),
      stale: { head: noAddress(text) },
      earlier: [{ head: noAddress(text), text }],
      advice: [text],
      links: linksOf(text),
    },
  );
}

/** Units are dropped unless they are of the harmless kind, so they are compared apart; model names decide whether a code span is needed. */
const spans = new Set(["code", "/code", "/strong", "strong"]);

/** The tags that a text may not change. A word of prose may stand in a code span, so those are counted apart. */
function frame(html: string): string[] {
  return skeleton(html).filter((tag) => !spans.has(tag));
}

const strings = hostileStrings(2200, 20261121);

/** A part whose only text is blank is left out, so blank texts have other tags by right. */
const isBlank = (text: string): boolean => text.trim() === "";

describe("hostile names", () => {
  test("Markdown: GitHub's own parser finds the same tags, and nothing live, whatever the documents say", () => {
    if (!hasCmark()) {
      expect(process.env.METRICGATE_REQUIRE_REAL, "cmark-gfm is required and not installed").not.toBe("1");
      console.warn("not checked: cmark-gfm is not installed");
      return;
    }
    const between = "\n\n<hr class=next>\n\n";
    const wanted = {
      comment: frame(cmark(renderComment(viewWith(harmless), { marker }))),
      summary: frame(cmark(renderSummary(viewWith(harmless)))),
    };
    for (let from = 0; from < strings.length; from += 100) {
      const batch = strings.slice(from, from + 100);
      for (const kind of ["comment", "summary"] as const) {
        if (kind === "summary" && from % 400 !== 0) continue;
        const bodies = batch.map((text) =>
          kind === "comment" ? renderComment(viewWith(text), { marker }) : renderSummary(viewWith(text)),
        );
        const pages = cmark(bodies.join(between)).split("<hr class=next>");
        expect(pages.length).toBe(batch.length);
        pages.forEach((page, i) => {
          const text = JSON.stringify(batch[i]);
          if (!isBlank(batch[i] ?? "")) expect(frame(page), `${kind} of ${text}`).toEqual(wanted[kind]);
          expect(livePieces(liveText(page)), `${kind} of ${text}`).toEqual([]);
        });
      }
    }
  }, 120_000);

  test("HTML: the same tags, no address that is not ours, no script", () => {
    const wanted = skeleton(renderHtml(viewWith(harmless)));
    for (const text of strings) {
      const html = renderHtml(viewWith(text));
      if (!isBlank(text)) expect(skeleton(html), JSON.stringify(text)).toEqual(wanted);
      const tags = html.match(/<[^>]*>/g) ?? [];
      const bare = tags.map((tag) => tag.replace(/"[^"]*"/g, "")).join("");
      expect(bare).not.toMatch(/<script|<img|<iframe|<link|\son[a-z]+=|style=/i);
    }
  }, 120_000);

  test("terminal: no control character, no bidirectional mark, and well-formed", () => {
    for (const text of strings) {
      const shown = renderText(viewWith(text), { colour: false });
      expect(shown.replaceAll("\n", ""), JSON.stringify(text)).not.toMatch(/\p{Cc}|\p{Bidi_Control}|\u200b|\ufeff/u);
      expect(shown.isWellFormed()).toBe(true);
    }
  }, 120_000);

  test("check run and annotations: one line each, and only paths of the repository", () => {
    for (const text of strings) {
      const check = renderCheck(viewWith(text));
      const remarks = annotationsOf(viewWith(text));
      for (const line of [check.title, ...check.annotations.map((a) => a.message), ...remarks.map((r) => r.text)]) {
        expect(line, JSON.stringify(text)).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
        expect(line.isWellFormed()).toBe(true);
      }
      for (const path of [...check.annotations.map((a) => a.path), ...remarks.flatMap((r) => r.file ?? [])]) {
        expect(path).not.toMatch(/^\/|\.\.(?:\/|$)|[\n\r]/);
      }
    }
  }, 120_000);

  test("names are shown as they are when they hold no invisible character", () => {
    if (!hasCmark()) return;
    const seen = strings.filter(
      (text) => /^[ -~é漢字💥]*$/u.test(text) && text.trim() === text && text.length > 0 && text.length <= 150,
    );
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
