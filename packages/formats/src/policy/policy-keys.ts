import { fairnessRule, historyRule } from "@metricgate/core/policy/rule-schemas";
import { gateEntry, modelPolicy, policy, predictions, sliceRule, waiverEntry } from "@metricgate/core/policy/schema";

/** The mappings inside a gate. */
const inGate: Record<string, object> = {
  slices: sliceRule.shape,
  history: historyRule.shape,
  fairness: fairnessRule.shape,
};

/** The keys that the policy knows in the mapping under a path. */
export function policyKeys(path: readonly (string | number)[]): string[] {
  const [top, , inModel] = path;
  const last = path.at(-1);
  if (path.length === 0) return Object.keys(policy.shape);
  if (top === "waivers") return Object.keys(waiverEntry.shape);
  if (top === "baseline") return Object.keys(policy.shape.baseline.unwrap().shape);
  if (top === "comment") return Object.keys(policy.shape.comment.unwrap().shape);
  if (path.length === 2) return Object.keys(modelPolicy.shape);
  if (inModel === "predictions") return Object.keys(predictions.shape);
  if (inModel === "eval-set") return Object.keys(modelPolicy.shape["eval-set"].unwrap().shape);
  if (inModel === "headline") return Object.keys(modelPolicy.shape.headline.unwrap().shape);
  if (inModel === "gates") return Object.keys(inGate[String(last)] ?? gateEntry.shape);
  return [];
}
