import { plural } from "../format/number.ts";
import type { ReportView } from "../view.ts";
import { joined, named, type Piece, type Sentence, strong, words } from "./piece.ts";

/** Whether the required status waits for an owner: a protected file is touched, and nobody who may approved this head. */
export function waitsForOwner({ ownerApproval: asked }: ReportView): boolean {
  return asked !== undefined && asked.files.length > 0 && asked.approvedBy.length === 0;
}

/** Whether the required status stays open although the gates may have passed. */
export function statusWaits(view: ReportView): boolean {
  return waitsForOwner(view) || view.ownerApproval?.refusedBase !== undefined;
}

/** What the first line of a report adds where the status waits. */
export function waitWords(view: ReportView): string {
  if (waitsForOwner(view)) return "; an owner must approve";
  return statusWaits(view) ? "; no success for this base branch" : "";
}

/** The author chooses the base, so a success is given for some branches only. */
function baseLine(base: string): Sentence {
  return [
    words("⏳ "),
    strong("The required status waits:"),
    words(" this pull request goes into "),
    named(base),
    words(", which is neither the default branch nor in "),
    named("bases"),
    words(" of the report. Next: change its base and run this report again, or let "),
    named("bases"),
    words(" name this one."),
  ];
}

function listed(names: readonly string[], most: number): Sentence {
  const shown = names.slice(0, most).map((name): Sentence => [named(name)]);
  return [...joined(shown, ", "), ...(names.length > most ? [words(` and ${names.length - most} more`)] : [])];
}

/** What an owner of the policy has to approve or has approved, and what to do next; each line is complete. Empty where there is nothing. */
export function ownerLines(view: ReportView): Sentence[] {
  const { ownerApproval: asked } = view;
  if (asked === undefined) return [];
  const { files, policy, policyEdited, waivers, approvedBy } = asked;
  const head: Piece[] = view.head === undefined ? [] : [words(" ("), { kind: "commit", sha: view.head }, words(")")];
  const next: Sentence = [
    words(" Next: an owner of "),
    named(policy),
    words(" approves exactly this head"),
    ...head,
    words(" in a review; then run this report again."),
  ];
  const touches: Sentence = [
    words(`this change touches ${plural(files.length, "protected file")}: `),
    ...listed(files, 10),
  ];
  const by: Sentence = approvedBy.length === 0 ? [] : listed(approvedBy, 3);
  const guarded: Sentence[] =
    files.length === 0
      ? []
      : approvedBy.length > 0
        ? [[words("Approved by "), ...by, words(": "), ...touches, words(".")]]
        : [[words("⏳ "), strong("The required status waits:"), words(" "), ...touches, words("."), ...next]];
  const base = asked.refusedBase === undefined ? [] : [baseLine(asked.refusedBase)];
  return [...base, ...guarded, ...policyLine(policy, { policyEdited, waivers, by }, next)];
}

function policyLine(
  policy: string,
  told: { policyEdited: boolean; waivers: boolean; by: Sentence },
  next: Sentence,
): Sentence[] {
  const edits: Sentence = [words("This change edits "), named(policy)];
  if (told.waivers && told.by.length > 0)
    return [[...edits, words("; "), ...told.by, words(" approved it, so the waivers that it adds are in force.")]];
  if (told.waivers)
    return [
      [words("⚠️ "), ...edits, words(": "), strong("the waivers that it adds are not in force"), words("."), ...next],
    ];
  if (!told.policyEdited) return [];
  return [
    [words("⚠️ "), ...edits, words("; it was judged by the base's version, and the new one counts after the merge.")],
  ];
}
