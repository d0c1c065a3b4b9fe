import type { BaselineMissing } from "../documents/selection.ts";
import type { BaselineLookup } from "../ports/baseline-store.ts";

/** What is known about models: on the base, from its policy and its records, and in the change that is judged. */
export interface KnownModels {
  /** The models of the base's own policy; none when the base has no policy. */
  basePolicy: readonly string[];
  /** The models that the change still measures, from its plan. */
  present: readonly string[];
}

type Nothing = Extract<BaselineLookup, { found: false }>;

/**
 * Why there is no baseline. A true first run is one where neither the base's policy nor its records know the model and none they
 * know is left out: so a model cannot lose its gates by a new name.
 */
export function missingBaseline(model: string, lookup: Nothing, models: KnownModels): BaselineMissing {
  const { tried, why } = lookup;
  if (why === "unavailable")
    return { code: "store-unavailable", text: "The store of baselines could not be reached.", tried };
  const known = new Set([...models.basePolicy, ...lookup.known]);
  if (why === "expired") return { code: "baseline-expired", text: `The baseline of ${model} has expired.`, tried };
  if (why === "no-base" && lookup.known.includes(model))
    return {
      code: "base-not-given",
      text: `No base is known here, although baselines of ${model} are recorded, so nothing was compared.`,
      tried,
    };
  if (known.has(model)) {
    const where = lookup.known.includes(model) ? "records" : "policy";
    return {
      code: "baseline-missing",
      text: `The base's ${where} know${where === "policy" ? "s" : ""} ${model}, and no baseline was found.`,
      tried,
    };
  }
  const present = new Set([...models.present, model]);
  const leftOut = [...known].filter((name) => !present.has(name)).sort();
  if (leftOut.length > 0) {
    const text = `${model} is new, and ${leftOut.join(", ")}, which the base knows, is no longer measured.`;
    return { code: "left-out", text, tried };
  }
  if (why === "no-base") {
    const text = `No base is known here, and no baseline of ${model} is recorded, so there is nothing to compare with. Name one with \`--baseline FILE\`, or run \`metricgate compare --base BRANCH\`.`;
    return { code: "first-run", text, tried };
  }
  return {
    code: "first-run",
    text: `${model} is new: the base has neither a policy for it nor a record of it.`,
    tried,
  };
}
