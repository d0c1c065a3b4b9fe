import { type Problem, UserError, userErrorOf } from "@metricgate/core/errors/user-error";

/**
 * The prediction table that a file holds; undefined where it lacks a table's columns and reads as a metric file, since only its name said that it
 * could be a table.
 * @throws UserError with the causes of both where it reads as neither
 */
export async function tableOrMetrics<T>(
  table: () => Promise<T>,
  metrics: () => Promise<unknown>,
): Promise<T | undefined> {
  const first = await orProblems(table);
  if ("value" in first) return first.value;
  // A table that has its columns is one; what is wrong with its rows is no reason to look further.
  if (!first.problems.some(({ code }) => code === "label-missing" || code === "prediction-missing"))
    throw userErrorOf(first.problems);
  const second = await orProblems(metrics);
  if ("value" in second) return undefined;
  throw userErrorOf([
    ...first.problems.map((problem) => ({ ...problem, text: `As a prediction table: ${problem.text}` })),
    ...second.problems.map((problem) => ({ ...problem, text: `As a metric file: ${problem.text}` })),
  ]);
}

async function orProblems<T>(read: () => Promise<T>): Promise<{ value: T } | { problems: readonly Problem[] }> {
  try {
    return { value: await read() };
  } catch (error) {
    if (error instanceof UserError) return { problems: error.problems };
    throw error;
  }
}
