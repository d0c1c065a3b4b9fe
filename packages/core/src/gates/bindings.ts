import { UserError } from "../errors/user-error.ts";
import type { DecideInput } from "./decide-input.ts";

/**
 * Checks that the documents belong together: the selection names the digest of every other one, so that no verdict is made
 * from documents that were not selected.
 * @throws UserError `selection-mismatch`
 */
export function checkBindings({ candidate, baseline, anchor, selection, earlier }: DecideInput): void {
  const { document } = selection;
  const model = candidate.received.document.model.name;
  if (document.model !== model)
    throw mismatch(`The selection is for the model ${document.model}, the candidate is ${model}.`);
  const chosen = document.baseline?.evaluation;
  const given = baseline?.received.digest;
  if (chosen !== given) {
    throw mismatch(`The selection names the baseline ${chosen ?? "none"}, and ${given ?? "none"} was given.`);
  }
  const second = document.anchor?.evaluation;
  if (second !== anchor?.received.digest) {
    throw mismatch(
      `The selection names the anchor ${second ?? "none"}, and ${anchor?.received.digest ?? "none"} was given.`,
    );
  }
  const known = new Set([candidate.received.digest, ...(earlier ?? []).map((side) => side.received.digest)]);
  const unread = (document.earlier ?? []).find((attempt) => !known.has(attempt.evaluation));
  if (unread !== undefined) {
    throw mismatch(
      `The selection names the earlier attempt ${unread.attempt} (${unread.evaluation}), whose evaluation was not given.`,
    );
  }
}

function mismatch(text: string): UserError {
  return new UserError(
    "selection-mismatch",
    text,
    "Give the folder with the documents that the selection was made from.",
  );
}
