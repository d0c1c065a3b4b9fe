import { parseArgs } from "node:util";
import { type Problem, userErrorOf } from "@metricgate/core/errors/user-error";
import { describeInputs } from "@metricgate/core/inputs/describe";
import { problemsOfInputs, unknownInputs } from "@metricgate/core/inputs/problems";
import type { z } from "zod";

/** A parsed command line: the schema's output, and the words that are no flags. */
export interface Parsed<S extends z.ZodObject> {
  flags: z.output<S>;
  words: string[];
}

/**
 * Parses a command line by the schema that also makes the action's inputs: `max-drop` is `--max-drop`, a list is a flag that repeats,
 * a yes-or-no input is a flag without a value (or `--no-NAME`).
 * `mostWords` are the words that are no flags which the verb takes.
 * @throws UserError with every problem at once
 */
export function parseFlags<S extends z.ZodObject>(schema: S, argv: readonly string[], mostWords = 0): Parsed<S> {
  const described = describeInputs(schema);
  const names = described.map(({ name }) => name);
  const problems: Problem[] = [];
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    allowNegative: true,
    options: Object.fromEntries(
      described.map(({ name, kind }) => [name, { type: kind === "flag" ? ("boolean" as const) : ("string" as const) }]),
    ),
  });
  const given: Record<string, string> = {};
  for (const token of tokens ?? []) {
    if (token.kind !== "option") continue;
    const negated =
      token.rawName.startsWith("--no-") && !names.includes(token.name) ? token.name.replace(/^no-/, "") : token.name;
    const input = described.find(({ name }) => name === negated);
    if (input === undefined) {
      problems.push(...unknownInputs([token.name], names, "flag"));
    } else if (input.kind === "flag") {
      given[input.name] = token.rawName.startsWith("--no-") ? "false" : (token.value ?? "true");
    } else if (token.value === undefined || (token.value.startsWith("--") && !token.inlineValue)) {
      problems.push({
        code: "flag-invalid",
        text: `the flag \`--${input.name}\` needs a value`,
        next: `Write \`--${input.name} VALUE\`.`,
      });
    } else if (input.kind === "lines" && given[input.name] !== undefined) {
      given[input.name] = `${given[input.name]}\n${token.value}`;
    } else if (given[input.name] !== undefined) {
      problems.push({
        code: "flag-twice",
        text: `the flag \`--${input.name}\` was given twice`,
        next: "Give it once.",
      });
    } else {
      given[input.name] = token.value;
    }
  }
  for (const word of positionals.slice(mostWords)) {
    problems.push({
      code: "word-unexpected",
      text: `nothing is known to do with ${JSON.stringify(word.slice(0, 100))}`,
      next: "Leave it out, or write the flag that it belongs to before it; --help tells how.",
    });
  }
  const parsed = schema.safeParse(given);
  problems.push(...problemsOfInputs(parsed.error, given, "flag"));
  if (!parsed.success || problems.length > 0) throw userErrorOf(problems);
  return { flags: parsed.data, words: positionals };
}
