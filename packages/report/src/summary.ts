import { summaryExtents } from "./markdown/extent.ts";
import { fittedBody } from "./markdown/fitted.ts";
import type { ReportView } from "./view.ts";

/** The job summary: the comment's content with folds open, all gates and the advice; at most 1 MiB. */
export function renderSummary(view: ReportView): string {
  return fittedBody(view, summaryExtents, { units: 1_000_000, bytes: 1_000_000 }, "");
}
