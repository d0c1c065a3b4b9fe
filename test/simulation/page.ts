import type { Counted } from "./counts-file.ts";
/** x */
export function simulationPage(counts: Record<string, Counted>): string {
  return Object.keys(counts).join("\n");
}
