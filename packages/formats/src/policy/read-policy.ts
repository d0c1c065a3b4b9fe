import { modelName } from "@metricgate/core/documents/fields";
import { type Problem, UserError } from "@metricgate/core/errors/user-error";
import { contradictions, modelAdvice, waiverProblems } from "@metricgate/core/policy/check";
import { rangeAdvice } from "@metricgate/core/policy/range-advice";
import { type ModelPolicy, modelPolicy, type Policy, policy } from "@metricgate/core/policy/schema";
import { type ReadYaml, readYaml } from "../yaml/read-yaml.ts";
import { type Issue, issueProblems } from "./issue-problems.ts";
import { placed } from "./placed.ts";

/** A problem of the policy file; with `model` it is that model's alone. */
export type PolicyProblem = Problem & { model?: string };

/** The policy without the models that have problems, or none when a problem lies outside them. */
export interface ReadPolicy {
  policy?: Policy;
  problems: PolicyProblem[];
  /** What is wrong and does not keep the policy from judging; `metricgate check` refuses it. */
  advice: PolicyProblem[];
  /** What is likely a slip and may be meant; `metricgate check` says it. */
  warnings: PolicyProblem[];
}

/**
 * Reads a policy file. Every problem says file, line, column, what is wrong with which text, and one fix.
 * Never throws on what the text holds.
 */
export function readPolicy(text: string, name: string): ReadPolicy {
  let read: ReadYaml;
  try {
    read = readYaml(text, name);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { problems: [...error.problems], advice: [], warnings: [] };
  }
  const root = read.value;
  if (typeof root !== "object" || root === null || Array.isArray(root)) {
    const wrong = {
      code: "policy-shape",
      text: `${name} is no mapping.`,
      next: "Begin it with version: 1 and models:.",
      where: { file: name, line: 1, column: 1 },
    };
    return { problems: [wrong], advice: [], warnings: [] };
  }
  const { models, ...frame } = root as Record<string, unknown>;
  const outside = policy.safeParse({ ...frame, models: isMapping(models) ? {} : models });
  const problems: PolicyProblem[] = outside.success
    ? []
    : issueProblems(outside.error.issues as readonly Issue[], [], read, name);
  if (isMapping(models) && Object.keys(models).length === 0) {
    const where = { file: name, ...read.keyPositionOf(["models"]) };
    problems.push({
      code: "policy-shape",
      text: `${name} names no model under models.`,
      next: "Add a model with its gates.",
      where,
    });
  }
  const kept: [string, ModelPolicy][] = [];
  for (const [model, value] of Object.entries(isMapping(models) ? models : {})) {
    const found = modelProblems(model, value, read, name);
    if (found.parsed !== undefined && found.problems.length === 0) kept.push([model, found.parsed]);
    problems.push(...found.problems.map((problem) => ({ ...problem, model })));
  }
  const names = Object.keys(isMapping(models) ? models : {});
  const advice = [
    ...kept.flatMap(([model, parsed]) => modelAdvice(model, parsed)),
    ...(outside.success ? waiverProblems(outside.data, names) : []),
  ].map((problem) => placed(problem, read, name));
  const warnings = kept
    .flatMap(([model, parsed]) => rangeAdvice(model, parsed))
    .map((problem) => placed(problem, read, name));
  if (!outside.success || problems.some((problem) => problem.model === undefined))
    return { problems, advice, warnings };
  return { policy: { ...outside.data, models: Object.fromEntries(kept) }, problems, advice, warnings };
}

function modelProblems(
  model: string,
  value: unknown,
  read: ReadYaml,
  name: string,
): { parsed?: ModelPolicy; problems: Problem[] } {
  const path = ["models", model];
  if (!modelName.safeParse(model).success) {
    const where = { file: name, ...read.keyPositionOf(path) };
    const text = `${JSON.stringify(model)} is not a model name.`;
    return {
      problems: [
        { code: "policy-model-name", text, next: "Use lower-case letters, digits and . _ - only, at most 64.", where },
      ],
    };
  }
  const parsed = modelPolicy.safeParse(value);
  if (!parsed.success) return { problems: issueProblems(parsed.error.issues as readonly Issue[], path, read, name) };
  const problems = contradictions(model, parsed.data).map((problem) => placed(problem, read, name));
  return { parsed: parsed.data, problems };
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
