import { type Draft, unjudged } from "./draft.ts";
import type { Scope } from "./scope.ts";

/**
 * The one result about rows that a comparison of common rows left out: it warns, whatever the gates found on the others. Undefined when few
 * or none were, and when nothing was compared.
 */
export function leftOutDraft({ baseline }: Scope, drafts: readonly Pick<Draft, "change">[]): Draft | undefined {
  if ("missing" in baseline || baseline.comparability.is === "incomparable") return undefined;
  const { leftOut } = baseline.comparability;
  if (leftOut === undefined || drafts.every(({ change }) => change === undefined)) return undefined;
  return {
    id: "pairing",
    gate: "pairing",
    metric: "pairing",
    rule: "baseline",
    severity: "warn",
    ...unjudged("missing", leftOut),
  };
}
