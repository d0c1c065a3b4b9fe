import type { Problem } from "../errors/user-error.ts";
import { isGlob } from "../gates/glob.ts";
import { impliedDirection, questionsOf, type RuleKeys } from "../gates/questions.ts";
import { directionOf } from "../metrics/directions.ts";
import { computableDirection, isComputable } from "../metrics/known.ts";
import type { GateEntry, ModelPolicy, Policy } from "./schema.ts";

/** A problem of a policy that its schema cannot see; `path` leads to the key in the file, `model` is absent when it is nobody's alone. */
export interface PolicyProblem extends Problem {
  model?: string;
  path: (string | number)[];
}

type Report = (path: (string | number)[], text: string, next: string) => void;

/** Finds what is wrong with a valid policy and needs no data to see, in the order of the file: models, then waivers. */
export function checkPolicy(policy: Policy): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  for (const [name, model] of Object.entries(policy.models)) {
    checkModel(model, (path, text, next) => {
      problems.push({
        code: "policy-error",
        model: name,
        path: ["models", name, ...path],
        text: `${name}: ${text}`,
        next,
      });
    });
  }
  const names = Object.keys(policy.models);
  for (const [index, { model }] of (policy.waivers ?? []).entries()) {
    const path = ["waivers", index, ...(model === undefined ? [] : ["model"])];
    const known = names.join(", ");
    if (model === undefined && names.length > 1) {
      const text = "A waiver names no model, and the policy has several.";
      problems.push({ code: "policy-error", path, text, next: `Add model: one of ${known}.` });
    } else if (model !== undefined && !names.includes(model)) {
      const text = `A waiver names the model ${model}, which the policy does not have.`;
      problems.push({ code: "policy-error", path, text, next: `Name one of ${known}, or remove the waiver.` });
    }
  }
  return problems;
}

function checkModel(model: ModelPolicy, report: Report): void {
  for (const [index, name] of (model.compute ?? []).entries()) {
    if (!isComputable(name))
      report(
        ["compute", index],
        `${name} is not a metric that can be computed.`,
        "See the list of metrics in the docs.",
      );
  }
  const seen = new Set<string>();
  for (const [index, entry] of model.gates.entries()) {
    const path = ["gates", index];
    if (seen.has(entry.metric)) report(path, `Two gates have the metric ${entry.metric}.`, "Join them into one gate.");
    seen.add(entry.metric);
    checkGate(entry, path, report);
    checkSliceColumns(entry, model, path, report);
  }
}

function checkGate(entry: GateEntry, path: (string | number)[], report: Report): void {
  const { metric, min, max, slices } = entry;
  if (entry["max-drop"] !== undefined && entry["max-rise"] !== undefined) {
    report(
      path,
      `The gate ${metric} has both max-drop and max-rise.`,
      "Keep max-drop for a metric that should be high, max-rise for one that should be low.",
    );
    return;
  }
  if (min !== undefined && max !== undefined && min > max) {
    report(
      [...path, "min"],
      `The gate ${metric} asks for at least ${min} and at most ${max}.`,
      "Make min at most max.",
    );
  }
  if (entry.was !== undefined && isGlob(metric)) {
    report(
      [...path, "was"],
      `The gate ${metric} is a glob, and was belongs to one metric.`,
      "Write a gate for the renamed metric alone.",
    );
  }
  if (entry.target !== undefined && entry["max-off"] === undefined) {
    report([...path, "target"], `The gate ${metric} has a target and no max-off.`, "Write max-off beside target.");
  }
  checkKeys(entry, path, report);
  if (slices !== undefined) checkKeys({ ...slices, metric, ...direction(entry) }, [...path, "slices"], report);
}

/** What is said against the direction. A direction or target that only the data know is left to the gate. */
function checkKeys(
  keys: RuleKeys & Pick<GateEntry, "metric" | "direction">,
  path: (string | number)[],
  report: Report,
): void {
  const known =
    keys.direction ??
    (isGlob(keys.metric) ? undefined : (computableDirection(keys.metric) ?? directionOf(keys.metric)));
  const way = known ?? impliedDirection(keys);
  if (way === undefined || (way === "near" && keys.target === undefined && keys.direction === undefined)) return;
  const asked = questionsOf(keys.metric, keys, way);
  if ("wrong" in asked) report(path, asked.wrong, asked.next);
}

function direction(entry: GateEntry): Pick<GateEntry, "direction"> {
  const way = entry.direction ?? impliedDirection(entry);
  return way === undefined ? {} : { direction: way };
}

function checkSliceColumns(
  { slices, metric }: GateEntry,
  { predictions }: ModelPolicy,
  path: (string | number)[],
  report: Report,
): void {
  const given = predictions?.slices;
  if (given === undefined) return;
  for (const column of slices?.by ?? []) {
    if (given.includes(column)) continue;
    report(
      [...path, "slices", "by"],
      `The gate ${metric} has slices by ${column}, which predictions.slices does not list.`,
      `Add ${column} to predictions.slices.`,
    );
  }
}
