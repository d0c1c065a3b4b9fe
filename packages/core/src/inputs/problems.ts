import type { z } from "zod";
import type { Problem } from "../errors/user-error.ts";
import { closest } from "./closest.ts";
import { issueWords, type RefusedValue } from "./issue-words.ts";

/** Names that nothing knows, each with the nearest one that exists. `what` is the word for it: input, flag or key. */
export function unknownInputs(given: readonly string[], known: readonly string[], what: string): Problem[] {
  return given
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = closest(name, known);
      return {
        code: `${what}-unknown`,
        text: `there is no ${what} \`${name}\``,
        next: near === undefined ? `The ${what}s are: ${known.join(", ")}.` : `Did you mean \`${near}\`?`,
      };
    });
}

/** One problem for each issue that zod found, in words. */
export function problemsOfInputs(
  error: z.ZodError | undefined,
  given: Readonly<Record<string, string>>,
  what: string,
): Problem[] {
  return (error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0] ?? "");
    const value = given[name];
    if (value === undefined)
      return { code: `${what}-missing`, text: `the ${what} \`${name}\` is required`, next: `Add \`${name}\`.` };
    return {
      code: `${what}-invalid`,
      text: `the ${what} \`${name}\` ${issueWords(issue as RefusedValue)}: ${JSON.stringify(value.slice(0, 100))}`,
      next: `Correct \`${name}\`.`,
    };
  });
}
