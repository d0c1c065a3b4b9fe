import type { Selection } from "../documents/selection.ts";
import { type Draft, unjudged } from "./draft.ts";
import { because, concernOf } from "./reasons.ts";

/**
 * The one result about the baseline itself: missing when a gate needed it or the model has lost its gates, or a warning that it is
 * stale. Undefined when all is well with it, or nothing needed it.
 */
export function baselineDraft({ baseline, baselineMissing }: Selection, drafts: readonly Draft[]): Draft | undefined {
  if (baselineMissing !== undefined) {
    const needed = drafts.length === 0 || drafts.some((one) => isAbout(one, "baseline") || isAbout(one, "first-run"));
    return needed ? draft(unjudged("missing", because(baselineMissing.code, baselineMissing.text))) : undefined;
  }
  if (baseline?.stale !== true) return undefined;
  const age = baseline.ageDays === undefined ? "" : ` and ${baseline.ageDays} days old`;
  const days = baseline.maxAgeDays === undefined ? "" : `: ${baseline.maxAgeDays} days`;
  const text = `The baseline is from ${baseline.from}${age}, which is more than max-age allows${days}.`;
  return draft(unjudged("skipped", because("baseline-stale", text)));
}

function isAbout({ reasons }: Draft, concern: "baseline" | "first-run"): boolean {
  return concernOf(reasons[0]?.code ?? "") === concern;
}

function draft(found: Pick<Draft, "outcome" | "reasons">): Draft {
  return { id: "baseline", gate: "baseline", metric: "baseline", rule: "baseline", severity: "error", ...found };
}
