import { impliedDirection } from "../gates/questions.ts";
import { directionOf } from "../metrics/directions.ts";
import { computableDirection, isComputable } from "../metrics/known.ts";
import { unknownMetric } from "../metrics/unknown-metric.ts";
import { checkGate } from "./check-gate.ts";
import { checkSliceColumns } from "./check-slices.ts";
import type { PolicyProblem, Report } from "./policy-problem.ts";
import { askedTwice } from "./same-rule.ts";
import type { ModelPolicy, Policy } from "./schema.ts";

/** Finds what is wrong with a valid policy and needs no data to see, in the order of the file: models, then waivers. */
export function checkPolicy(policy: Policy): PolicyProblem[] {
  const models = Object.entries(policy.models).flatMap(([name, model]) => [
    ...contradictions(name, model),
    ...modelAdvice(name, model),
  ]);
  return [...models, ...waiverProblems(policy, Object.keys(policy.models))];
}

/** Keys of a model's gates that contradict each other or the direction of their metric: such a model cannot be judged. */
export function contradictions(name: string, model: ModelPolicy): PolicyProblem[] {
  return collected("policy-wrong-key", name, (report) => {
    if (model.pairing === "intersection" && model.rows === "none")
      report(["pairing"], "pairing: intersection needs rows, and rows: none keeps none.", "Remove rows: none.");
    for (const [index, entry] of model.gates.entries()) {
      checkGate(entry, model, (path, text, next) => {
        report(["gates", index, ...path], `gate ${index + 1} (${entry.metric}): ${text}`, next);
      });
    }
  });
}

/** What else of a model is wrong: it can be judged, and does less than its policy says. */
export function modelAdvice(name: string, model: ModelPolicy): PolicyProblem[] {
  return collected("policy-error", name, (report) => {
    for (const [index, metric] of (model.compute ?? []).entries()) {
      if (isComputable(metric)) continue;
      const { text, next } = unknownMetric(metric);
      report(["compute", index], text, next);
    }
    checkHeadline(model, report);
    for (const [index, entry] of model.gates.entries()) {
      const twice = model.gates.slice(0, index).some((before) => askedTwice(before, entry));
      if (twice)
        report(["gates", index, "metric"], `Two gates ask the same of ${entry.metric}.`, "Join them into one gate.");
      checkSliceColumns(entry, model, (path, text, next) => report(["gates", index, ...path], text, next));
    }
  });
}

/** What is good to have more of: told of a value that should be low, the words say the opposite of what happened. */
const praised = /\b(caught|correct|correctly|right|rightly|detected|solved|saved|hits?|recognized|recognised)\b/i;

/** A sentence whose choice of words follows the sign of a change, about a metric whose rise is a loss. */
function checkHeadline({ headline, gates }: ModelPolicy, report: Report): void {
  if (headline === undefined || !/\{[^{}|]*\|[^{}|]*\}/.test(headline.say) || !praised.test(headline.say)) return;
  const { metric } = headline;
  const gate = gates.find((entry) => entry.metric === metric);
  const way = gate?.direction ?? computableDirection(metric) ?? directionOf(metric) ?? impliedDirection(gate ?? {});
  if (way !== "down") return;
  const text = `the headline praises ${metric}, of which lower is better: its first word is said when the value rises, which is a loss.`;
  report(["headline", "say"], text, `Say what ${metric} counts, such as "{more|fewer} frauds missed".`);
}

/** Waivers for models that the file does not have. `names`: all models of the file. */
export function waiverProblems(policy: Pick<Policy, "waivers">, names: readonly string[]): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const known = names.join(", ");
  for (const [index, { model }] of (policy.waivers ?? []).entries()) {
    if (model === undefined && names.length > 1) {
      const text = "A waiver names no model, and the policy has several.";
      const next = `Add model: one of ${known}.`;
      problems.push({ code: "policy-error", path: ["waivers", index], text, next });
    } else if (model !== undefined && !names.includes(model)) {
      const text = `A waiver names the model ${model}, which the policy does not have.`;
      const next = `Name one of ${known}, or remove the waiver.`;
      problems.push({ code: "policy-error", path: ["waivers", index, "model"], text, next });
    }
  }
  return problems;
}

function collected(code: string, model: string, check: (report: Report) => void): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  check((path, text, next) => {
    problems.push({ code, model, path: ["models", model, ...path], text: `${model}: ${text}`, next });
  });
  return problems;
}
