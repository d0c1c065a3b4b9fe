import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export interface ActionFile {
  /** Declared inputs with their defaults as written; empty when there is none. */
  inputs: Record<string, string>;
  outputs: string[];
  using: string;
  main: string;
  post?: string;
}

/** Reads a JavaScript action's `action.yml`. */
export function readActionFile(folder: string): ActionFile {
  const file = parse(readFileSync(join(folder, "action.yml"), "utf8"));
  const inputs: [string, { default?: unknown } | null][] = Object.entries(file.inputs ?? {});
  return {
    inputs: Object.fromEntries(inputs.map(([name, input]) => [name, String(input?.default ?? "")])),
    outputs: Object.keys(file.outputs ?? {}),
    using: String(file.runs.using),
    main: String(file.runs.main),
    ...(file.runs.post === undefined ? {} : { post: String(file.runs.post) }),
  };
}

/** Fills in `${{ github.x }}` and `${{ runner.x }}`, the only expressions that a default may hold. */
export function expand(text: string, contexts: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{\s*([\w.]+)\s*\}\}/g, (whole, name: string) => {
    const value = contexts[name];
    if (value === undefined) throw new Error(`${whole} is not known to the test runner.`);
    return value;
  });
}

/** The environment of inputs as the runner makes it: blanks become `_`, letters upper case, nothing else changes. */
export function inputEnvironment(
  declared: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
  contexts: Readonly<Record<string, string>>,
): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries(declared)) all[name.toLowerCase()] = expand(value, contexts);
  for (const [name, value] of Object.entries(given)) all[name.toLowerCase()] = value;
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`, value]),
  );
}
