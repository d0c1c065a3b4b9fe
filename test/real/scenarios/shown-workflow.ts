import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** The YAML blocks of a page, as somebody would copy them. */
export function shownBlocks(page: string): string[] {
  const text = readFileSync(resolve(import.meta.dirname, "../../..", page), "utf8");
  return [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map((block) => block[1] ?? "");
}
