import type { BaselineMissing } from "../documents/selection.ts";
import type { ModelPolicy } from "../policy/schema.ts";
import { comparability } from "./comparability.ts";
import type { DecideInput, Side } from "./decide-input.ts";
import { indexedSide, type Scope } from "./scope.ts";

/** Two-sided, so that each side of a decision is a one-sided 2.5% test. */
export const DEFAULT_CONFIDENCE = 0.95;

const DEFAULT_SEED = 1;

/** What the gates of a model are judged in: against the baseline or, with `against`, against the anchor that is given as `baseline`. */
export function scopeOf(
  { candidate, selection }: DecideInput,
  baseline: Side | undefined,
  model: ModelPolicy | undefined,
  against?: "anchor",
): Scope {
  const frame = {
    candidate: indexedSide(candidate),
    level: model?.confidence ?? DEFAULT_CONFIDENCE,
    seed: model?.seed ?? DEFAULT_SEED,
    history: selection.document.history ?? [],
    trainingSd: model?.["training-sd"] ?? {},
    ...(against === undefined ? {} : { against }),
  };
  if (baseline === undefined) {
    const none: BaselineMissing = { code: "baseline-missing", text: "There is no baseline.", tried: [] };
    return { ...frame, baseline: { missing: selection.document.baselineMissing ?? none } };
  }
  const accepted = model?.["accept-eval-set"];
  const pairing = model?.pairing;
  const keys = { ...(accepted === undefined ? {} : { accepted }), ...(pairing === undefined ? {} : { pairing }) };
  return {
    ...frame,
    baseline: { side: indexedSide(baseline), comparability: comparability(candidate, baseline, keys) },
  };
}
