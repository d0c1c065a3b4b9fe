import { longestRun } from "./code-span.ts";
import { visible } from "./visible.ts";

/** Lines of unknown origin as a fenced block that they cannot end. */
export function fencedBlock(lines: readonly string[], language: "text" | "yaml" | "sh"): string {
  const shown = lines.map(visible);
  const fence = "`".repeat(Math.max(3, ...shown.map((line) => longestRun(line) + 1)));
  return [`${fence}${language}`, ...shown, fence].join("\n");
}
