import { clip } from "@metricgate/core/text/clip";
import { visible } from "./visible.ts";

const entity: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/** Our own text for HTML content or a quoted attribute. */
export function htmlText(text: string): string {
  return text.replace(/[&<>"'`]/g, (found) => entity[found] ?? "");
}

/** A text of unknown origin for HTML content or a quoted attribute, with invisible characters shown. */
export function htmlName(text: string, limit = 200): string {
  return htmlText(clip(visible(text), limit));
}
