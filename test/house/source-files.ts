import { globSync } from "tinyglobby";

/** The product's own source files: no tests, no fixtures, nothing built. */
export function sourceFiles(): string[] {
  return globSync(["packages/*/src/**/*.ts", "actions/*/src/**/*.ts"], {
    ignore: ["**/*.test.ts", "**/*.fixture.ts", "**/testing/**"],
  }).sort();
}

/** What a file imports, as written, types included. No specifier holds a space, as the text between two strings does. */
export function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"\s]+)"/g)].flatMap((match) => match[1] ?? []);
}
