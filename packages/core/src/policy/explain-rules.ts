import { numberText, percentText } from "../gates/number-text.ts";
import type { FairnessRule, HistoryRule } from "./rule-schemas.ts";

/** What a gate's `history` asks, after the metric's name. */
export function historyClause({ window = 20, method = "t", level = 0.99, k = 3, "max-off": off }: HistoryRule): string {
  const runs = `the last ${window} accepted runs`;
  switch (method) {
    case "percentage":
      return `must stay within ${off ?? "10%"} of the mean of ${runs}`;
    case "mad":
      return `must stay within ${numberText(k)} scaled median absolute deviations of the median of ${runs}`;
    case "t":
      return `must stay within the ${percentText(level)} prediction band of ${runs}`;
  }
}

/** What a gate's `fairness` asks. */
export function fairnessClause(rule: FairnessRule): string {
  const {
    by,
    "difference-max": difference,
    "ratio-min": ratio,
    "to-overall-max": overall,
    "min-support": support = 100,
  } = rule;
  const groups = `of ${by} with at least ${support} rows`;
  if (ratio !== undefined) return `must have a ratio of at least ${ratio} between any two groups ${groups}`;
  if (overall !== undefined) return `must be within ${overall} of all rows in each group ${groups}`;
  return `must differ by at most ${difference ?? 0} between any two groups ${groups}`;
}
