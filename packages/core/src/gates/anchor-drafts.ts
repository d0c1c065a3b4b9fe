import type { Note } from "../documents/fields.ts";
import type { Reason } from "../documents/verdict.ts";
import type { ModelPolicy } from "../policy/schema.ts";
import type { DecideInput } from "./decide-input.ts";
import { type Draft, unjudged } from "./draft.ts";
import type { EffectiveGate } from "./effective-gates.ts";
import { gateResults } from "./gate-results.ts";
import { because, isReasonCode } from "./reasons.ts";
import { scopeOf } from "./scope-of.ts";

const FILE_WANTED =
  "Put an evaluation there (`metricgate evaluate --metrics FILE --out PATH` writes one), or correct `baseline.anchor` in the policy.";

/**
 * Each no-regression gate once more against the policy's second baseline. What keeps the candidate's own value from being judged is
 * found once, by the first baseline (`found`). An anchor that is missing or incomparable is one result that at most warns.
 */
export function anchorDrafts(
  input: DecideInput,
  model: ModelPolicy | undefined,
  gates: readonly EffectiveGate[],
  found: readonly Draft[],
): { drafts: Draft[]; notes: Note[] } {
  const { anchorMissing } = input.selection.document;
  if (anchorMissing !== undefined) {
    const { code, text, tried } = anchorMissing;
    const next = tried.some(({ from }) => from.startsWith("file:")) ? FILE_WANTED : undefined;
    return { drafts: [aboutAnchor(because(code, text, next))], notes: [] };
  }
  if (input.anchor === undefined) return { drafts: [], notes: [] };
  const scope = scopeOf(input, input.anchor, model, "anchor");
  if ("missing" in scope.baseline) return { drafts: [], notes: [] };
  const { comparability } = scope.baseline;
  if (comparability.is === "incomparable") {
    const { code, text } = comparability.reason;
    const next = "Measure the anchor again on the present eval set, or name a newer anchor.";
    const reason = isReasonCode(code)
      ? because(code, `The anchor cannot be compared: ${text}`, next)
      : comparability.reason;
    return { drafts: [aboutAnchor(reason)], notes: [] };
  }
  const known = new Map(found.map((draft) => [draft.id, draft]));
  const drafts = gates
    .flatMap((gate) => gateResults(gate, scope).drafts)
    .filter((draft) => !isKnown(draft, known.get(draft.id)))
    .map((draft): Draft => ({ ...draft, id: anchorId(draft.id), against: "anchor" }));
  return { drafts, notes: [] };
}

/** `recall/no-regression[country=BR]` is `recall/no-regression@anchor[country=BR]`; the rule follows the last slash before the bracket. */
function anchorId(id: string): string {
  return id.replace(/(\/(?:no-regression|presence))(\[.*)?$/, "$1@anchor$2");
}

function isKnown(draft: Draft, before: Draft | undefined): boolean {
  const [reason] = draft.reasons;
  if (draft.outcome !== "missing" && draft.outcome !== "skipped") return false;
  return reason?.code === "metric-missing" || before?.reasons[0]?.code === reason?.code;
}

function aboutAnchor(reason: Reason): Draft {
  const found = unjudged("missing", reason);
  return {
    id: "anchor",
    gate: "anchor",
    metric: "anchor",
    rule: "baseline",
    against: "anchor",
    severity: "warn",
    ...found,
  };
}
