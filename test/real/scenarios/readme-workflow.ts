import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** The first YAML block under "Quick start" in README.md, as somebody would copy it. */
export function readmeWorkflow(): string {
  const text = readFileSync(resolve(import.meta.dirname, "../../../README.md"), "utf8");
  const section = text.split(/^## /m).find((part) => part.startsWith("Quick start\n")) ?? "";
  const block = /^```yaml\n(.*?)^```$/ms.exec(section)?.[1];
  if (block === undefined) throw new Error('README.md has no YAML block under "Quick start"');
  return block;
}
