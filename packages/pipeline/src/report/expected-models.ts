import { modelName } from "@metricgate/core/documents/fields";
import { problemText } from "@metricgate/core/errors/problem-text";
import { UserError, userErrorOf } from "@metricgate/core/errors/user-error";
import { planModels, type TouchedFiles } from "@metricgate/core/plan/changed-models";
import type { Change } from "@metricgate/core/ports/change";
import type { PolicyProblem } from "@metricgate/formats/policy/read-policy";
import type { ModelReport } from "@metricgate/report/view";
import { policyToPlan } from "../plan/policy-to-plan.ts";
import type { PolicyAt } from "../policy/policy-at.ts";

export interface ExpectPorts {
  change: Change;
  policyAt?: PolicyAt;
  touchedFiles(): Promise<TouchedFiles | undefined>;
}

/**
 * The models that must report: those that `expect` lists, and those that the base's policy plans for the files that the change touches, so that
 * a plan which was emptied on the way does not make a check green. Where the base has no policy somebody must be named: without one nothing can be known to be unchanged.
 * @throws UserError `input-invalid`, `policy-error`, `nothing-expected`
 */
export async function expectedModels(expect: string, policyPath: string, ports: ExpectPorts): Promise<string[]> {
  const given = await listed(expect, policyPath, ports);
  const base = ports.change.base?.sha;
  const bytes = base === undefined ? undefined : await ports.policyAt?.(policyPath, base);
  if (bytes === undefined) {
    if (given.length > 0) return given;
    throw new UserError(
      "nothing-expected",
      `expect names no model, and the base branch has no ${policyPath} that would say that none is touched`,
      "See why `plan` found no model; the change that brings the first policy plans them all.",
    );
  }
  const { policy, problems } = await policyToPlan(new TextDecoder().decode(bytes), policyPath);
  if (policy === undefined) throw userErrorOf(problems);
  const planned = planModels(policy, policyPath, await ports.touchedFiles());
  return [...new Set([...given, ...planned.flatMap(({ model, changed }) => (changed ? [model] : []))])].sort();
}

/**
 * What stands in the report for models that should be in it and of which no verdict arrived: what is wrong with a model's entry in the policy,
 * by place, where that is why.
 */
export function silentModels(models: readonly string[], problems: readonly PolicyProblem[] = []): ModelReport[] {
  return models.map((model) => {
    const mine = problems.filter((problem) => problem.model === undefined || problem.model === model);
    const text =
      mine.length > 0
        ? mine.map(problemText).join(" ")
        : "The model was expected to report, and no verdict of it arrived.";
    return { model, crashed: { step: "evaluate", text } };
  });
}

/** What is wrong with the policy: of the tested commit, which its steps read, and of the base, which judges. */
export async function policyProblems(path: string, { change, policyAt }: ExpectPorts): Promise<PolicyProblem[]> {
  const found = new Map<string, PolicyProblem>();
  for (const ref of [change.sha, change.base?.sha]) {
    const bytes = ref === undefined ? undefined : await policyAt?.(path, ref);
    if (bytes === undefined) continue;
    const { problems } = await policyToPlan(new TextDecoder().decode(bytes), path);
    for (const problem of problems) {
      const { model = "", where, text } = problem;
      const key = `${model} ${where?.line} ${text}`;
      if (!found.has(key)) found.set(key, problem);
    }
  }
  return [...found.values()];
}

/** A name that is none counts where the policy is what has it wrong: then that model alone fails. */
async function listed(expect: string, policyPath: string, ports: ExpectPorts): Promise<string[]> {
  const names = /^\s*\[/.test(expect) ? fromJson(expect) : expect.split(/[\s,]+/).filter((name) => name !== "");
  const wrong = names.filter((name) => !modelName.safeParse(name).success);
  const known = wrong.length === 0 ? [] : await policyProblems(policyPath, ports);
  const unknown = wrong.find((name) => !known.some(({ model }) => model !== undefined && model === name));
  if (unknown === undefined) return names.map(String);
  throw new UserError("input-invalid", `expect: ${JSON.stringify(unknown).slice(0, 100)} is not a model's name`, next);
}

const next = "Give the output `models` of `plan`: a JSON list of names.";

function fromJson(text: string): unknown[] {
  try {
    const found: unknown = JSON.parse(text);
    if (Array.isArray(found)) return found;
  } catch {
    // What is no JSON is refused below, like JSON that is no list.
  }
  throw new UserError("input-invalid", "expect: is not a JSON list", next);
}
