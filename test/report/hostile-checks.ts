import { expect } from "vitest";
import { renderComment } from "../../packages/report/src/comment.ts";
import { renderSummary } from "../../packages/report/src/summary.ts";
import type { ReportView } from "../../packages/report/src/view.ts";
import { cmark, livePieces, liveText, skeleton } from "./cmark.ts";
import { hostileStrings } from "./hostile-strings.ts";
import { viewOfTexts } from "./hostile-view.ts";
import { marker } from "./made.ts";

/** A text that is only blank leaves a part out by right, so it stands in every place at once only. */
export const isBlank = (text: string): boolean => text.trim() === "";

export const strings = hostileStrings(20_000, 20261121);

/** Every form alone, and a few hundred joined ones, each in every place at once. */
export const everywhere = strings.slice(0, 400);

/** All that can stand beside each other. */
export const mixable = strings.filter((text) => !isBlank(text));

/** Words of prose may stand in code spans, and weight follows the numbers. */
const spans = new Set(["code", "/code", "/strong", "strong"]);

/** The tags that a text may not change. */
export function frame(html: string): string[] {
  return skeleton(html).filter((tag) => !spans.has(tag));
}

/** A report in which every text is another harmless one, or the same one everywhere. */
export function harmless(same: boolean): ReportView {
  let asked = 0;
  return viewOfTexts(() => (same ? "harmless" : `harmless${asked++}`));
}

export const bodies: Record<"comment" | "summary", (view: ReportView) => string> = {
  comment: (view) => renderComment(view, { marker }),
  summary: renderSummary,
};

/** Holds that GitHub's parser finds in each body the tags of `wanted` (when there is one) and nothing live. `named` says which texts a body holds. */
export function holdMarkdown(
  parts: readonly { body: string; wanted: readonly string[] | undefined; named: () => string }[],
): void {
  const between = "\n\n<hr class=next>\n\n";
  const pages = cmark(parts.map(({ body }) => body).join(between)).split("<hr class=next>");
  expect(pages.length).toBe(parts.length);
  pages.forEach((page, i) => {
    const { wanted, named = () => "" } = parts[i] ?? {};
    const found = frame(page);
    if (wanted !== undefined && found.join(" ") !== wanted.join(" ")) expect(found, named()).toEqual(wanted);
    const live = livePieces(liveText(page));
    if (live.length > 0) expect(live, named()).toEqual([]);
  });
}
