import { getInput } from "@actions/core";
import { type Problem, userErrorOf } from "@metricgate/core/errors/user-error";
import { problemsOfInputs, unknownInputs } from "@metricgate/core/inputs/problems";
import type { z } from "zod";

/**
 * Reads the inputs of the step and reports every problem of all of them at once.
 * An input that the action does not have is an error: the runner only warns of it.
 * @throws UserError `input-unknown`, `input-missing`, `input-invalid`
 */
export function readInputs<S extends z.ZodObject>(
  schema: S,
  environment: Record<string, string | undefined>,
): z.output<S> {
  const names = Object.keys(schema.shape);
  const given: Record<string, string> = {};
  for (const name of names) {
    const value = getInput(name);
    if (value !== "") given[name] = value;
  }
  const parsed = schema.safeParse(given);
  const problems: Problem[] = [
    ...unknownInputs(namesInEnvironment(environment), names, "input"),
    ...problemsOfInputs(parsed.error, given, "input"),
  ];
  if (!parsed.success || problems.length > 0) throw userErrorOf(problems);
  return parsed.data;
}

/** The runner passes the input `max-drop` as `INPUT_MAX-DROP`. */
function namesInEnvironment(environment: Record<string, string | undefined>): string[] {
  return Object.keys(environment)
    .filter((key) => key.startsWith("INPUT_"))
    .map((key) => key.slice("INPUT_".length).toLowerCase().replaceAll("_", "-"));
}
