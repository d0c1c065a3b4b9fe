import { visible } from "@metricgate/report/escape/visible";
import { stateOf } from "@metricgate/report/state";
import type { ReportView } from "@metricgate/report/view";

/** A commit status: what branch protection sees. */
export interface Status {
  state: "success" | "failure" | "pending";
  /** At most 140 characters are shown. */
  description: string;
}

/** What else than verdicts a status depends on. */
export interface Guarded {
  /** The base has a policy that knows the models. */
  known: boolean;
  touched: readonly string[];
  approvedBy: readonly string[];
  head: string;
  /** The branch that the pull request would be merged into now, and whether a success may be given for it. */
  base: { branch: string; trusted: boolean };
}

/**
 * The status that a trusted run gives. Success only when every model was judged and none failed, and no protected file was touched unless
 * an owner approved exactly this head. What was not judged is never a success; `known` is false where the base has no policy that knows the models.
 */
export function statusOf(view: ReportView, guarded: Guarded): Status {
  const { state, description } = found(view, guarded);
  return { state, description: visible(description) };
}

function found(view: ReportView, guarded: Guarded): Status {
  const state = stateOf(view);
  const failed = view.models.filter(({ verdict }) => verdict?.verdict === "fail").map(({ model }) => model);
  if (state === "crashed")
    return { state: "failure", description: "A model that was expected has no documents that can be believed." };
  if (failed.length > 0) return { state: "failure", description: `Failed: ${failed.join(", ")}.` };
  if (state === "stale") return { state: "pending", description: "This answer is about an older commit." };
  // The author chooses the base, may change it afterwards, and no run begins then: a success for a loose branch would count for every other.
  if (!guarded.base.trusted)
    return {
      state: "pending",
      description: `Judged for ${guarded.base.branch.slice(0, 40)}, which is neither the default branch nor in \`bases\` of report: no success.`,
    };
  const unjudged = view.models.filter(({ verdict }) => verdict?.verdict === undefined).map(({ model }) => model);
  if (unjudged.length > 0)
    return { state: "pending", description: `The base branch has no policy for ${unjudged.join(", ")}: not judged.` };
  if (guarded.touched.length > 0 && guarded.approvedBy.length === 0) {
    const [first = ""] = guarded.touched;
    const more = guarded.touched.length > 1 ? ` and ${guarded.touched.length - 1} more` : "";
    return {
      state: "pending",
      description: `Protected: ${first.slice(0, 40)}${more}. An owner must approve ${guarded.head.slice(0, 7)}, then re-run the report.`,
    };
  }
  if (view.models.length === 0 && !guarded.known)
    return { state: "pending", description: "The base branch has no policy, so nothing was judged." };
  if (view.models.length === 0) return { state: "success", description: "No model is touched." };
  return { state: "success", description: `${view.models.length} of ${view.models.length} models passed.` };
}
