import type { Reason } from "../documents/verdict.ts";
import { undefinedReasons } from "../metrics/undefined-reasons.ts";
import { because } from "./reasons.ts";

/**
 * The reason of a metric without a value: `what` is a sentence without its dot, `why` the code of the metric. A code that is known gets its
 * own sentence and next step; one that a metric file made up is shown as it is.
 */
export function noValue(what: string, why: string): Reason {
  const known = undefinedReasons.get(why);
  if (known === undefined) return because("metric-undefined", `${what} (${why}).`);
  return because("metric-undefined", `${what} (${why}). ${known.text}`, known.next);
}
