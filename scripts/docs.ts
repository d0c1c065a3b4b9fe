import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { generatedDocs } from "./generated-docs.ts";

/** Writes the documentation that follows from the code: the JSON Schemas and the table of reason codes. */
function main(): void {
  for (const [path, text] of generatedDocs((page) => readFileSync(page, "utf8"))) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

main();
