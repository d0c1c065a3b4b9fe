import type { ReportView } from "../view.ts";
import { ownerLines, statusWaits } from "./owner-approval.ts";
import { named, type Piece, type Sentence, words } from "./piece.ts";

/** What a reader must know of the whole report before any model; lines that are each complete. */
export function reportRemarks(view: ReportView): Sentence[] {
  const all = [staleRemark(view), ...ownerLines(view), recordedRemark(view), untouched(view)];
  return all.filter((remark) => remark.length > 0);
}

/** The head has moved on: says which commit this answer is about. Empty otherwise. */
function staleRemark(view: ReportView): Sentence {
  if (view.stale === undefined) return [];
  const at: Piece = view.head === undefined ? words("an older commit") : { kind: "commit", sha: view.head };
  return [
    words("⏭ The head has moved on to "),
    { kind: "commit", sha: view.stale.head },
    words(". What follows was measured at "),
    at,
    words("; wait for the newer run."),
  ];
}

/** On a push to the base branch: what was measured is kept. Empty otherwise. */
function recordedRemark(view: ReportView): Sentence {
  if (view.recorded !== true) return [];
  return [
    words("Recorded as the next baseline of "),
    view.baseBranch === undefined ? words("the base branch") : named(view.baseBranch),
    words("."),
  ];
}

/** No model was touched. Empty otherwise. */
function untouched(view: ReportView): Sentence {
  if (view.models.length > 0) return [];
  const lead = "No file that a model depends on was touched, so nothing was measured";
  const rest = statusWaits(view) ? " and nothing was compared" : ", nothing was compared, and there is nothing to do";
  return [words(`${lead}${rest}.`)];
}
