import { statusWaits } from "@metricgate/report/content/owner-approval";
import { stateOf } from "@metricgate/report/state";
import type { ReportView } from "@metricgate/report/view";

/**
 * Whether a comment should not be written. `changes`: silent until something is worse, better, undecided or new, or an owner must approve;
 * once there is a comment it is kept up to date, so that the all-clear is seen.
 */
export function silentComment(
  view: ReportView,
  when: "changes" | "always" | "failures" | "never",
  exists: boolean,
): boolean {
  if (when === "never") return true;
  if (when === "always" || exists) return false;
  const state = stateOf(view);
  if (when === "changes" && (statusWaits(view) || view.ownerApproval?.waivers === true)) return false;
  if (when === "failures") return state !== "fail" && state !== "crashed";
  if (state !== "pass") return state === "nothing-changed";
  return !view.models.some(({ verdict }) =>
    verdict?.gates.some(({ interval, change, outcome, reasons }) => {
      if (outcome !== "pass" || reasons.length > 0) return true;
      if (interval !== undefined) return interval.low > 0 || interval.high < 0;
      return change !== undefined && change !== 0;
    }),
  );
}
