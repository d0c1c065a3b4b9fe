import type { GateResult, Judgement } from "../documents/verdict.ts";
import type { Draft } from "./draft.ts";

/** A new draft becomes a result. What only the mapping to a verdict needed is left out. */
export function resultOf(draft: Draft & { verdict?: Judgement }, verdict: Judgement): GateResult {
  // The same object: of 100,000 drafts each copy would be felt.
  draft.verdict = verdict;
  if (draft.onInconclusive === undefined && draft.warned === undefined) return draft as GateResult;
  const { onInconclusive: _, warned: __, ...result } = draft;
  return result as GateResult;
}
