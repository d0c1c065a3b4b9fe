import type { TaskName } from "../documents/evaluation.ts";
import type { Reason } from "../documents/verdict.ts";
import { undefinedReasons } from "../metrics/undefined-reasons.ts";
import { because } from "./reasons.ts";

/**
 * The reason of a metric without a value: `what` is a sentence without its dot, `why` the code of the metric. A code that is known gets its
 * own sentence and next step; one that a metric file made up is shown as it is. `task`: as what the rows were read.
 */
export function noValue(what: string, why: string, task?: TaskName): Reason {
  if (why === "metric-unknown" && task !== undefined) {
    const text = `${what} (${why}). The rows were read as ${task}, and it is no metric of that task.`;
    return because("metric-undefined", text, "Set `task` to what the rows are, or correct the metric's name.");
  }
  const known = undefinedReasons.get(why);
  if (known === undefined) return because("metric-undefined", `${what} (${why}).`);
  return because("metric-undefined", `${what} (${why}). ${known.text}`, known.next);
}
