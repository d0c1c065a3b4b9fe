import { clip } from "@metricgate/core/text/clip";
import { visible } from "./visible.ts";

/** Where a piece of Markdown stands: in a cell of a table `|` needs a backslash, elsewhere it must have none. */
export type Place = "cell" | "paragraph";

/** The longest run of backticks. */
export function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/**
 * A name as a Markdown code span in which nothing is live. The fence is one longer than the longest run of backticks inside, with a space
 * inside each end. Code spans, not HTML entities: the autolink extension links `a@b.com` even inside `<code>` when it is written with entities.
 */
export function codeSpan(name: string, place: Place, limit = 160): string {
  const text = clip(visible(name), limit);
  if (text.trim() === "") return "(blank)";
  const fence = "`".repeat(longestRun(text) + 1);
  const body = place === "cell" ? text.replaceAll("|", "\\|") : text;
  return text.includes("`") || text !== text.trim() ? `${fence} ${body} ${fence}` : `${fence}${body}${fence}`;
}
