import { commentExtents } from "./markdown/extent.ts";
import { fittedBody } from "./markdown/fitted.ts";
import type { ReportView } from "./view.ts";

/**
 * The pull request's comment: `options.marker` as the exact first line, the verdict, one sentence, the worst gates, next steps, baseline, folds.
 * At most 60,000 UTF-16 units and 65,000 UTF-8 bytes; whole rows are left out, the least bad first, and counted.
 */
export function renderComment(view: ReportView, options: { marker: string }): string {
  return fittedBody(view, commentExtents, { units: 60_000, bytes: 65_000 }, `${options.marker}\n`);
}
