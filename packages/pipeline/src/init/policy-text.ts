import { shown } from "@metricgate/formats/text/shown";
import { stringify } from "yaml";
import type { StartingGates } from "./starting-gates.ts";

/** A policy that lets no metric lose more than 1 % of its value; metrics of unknown direction stand in it as remarks. @param patterns of the metric files */
export function policyText(model: string, patterns: readonly string[], { gates, unknown }: StartingGates): string {
  const remarks = unknown
    .slice(0, 20)
    .map((name) => `#   - { metric: ${shown(name)}, direction: up, max-drop: 1% } # or: direction: down, max-rise\n`);
  const head = "# The gates of this repository's models. `metricgate check --explain` prints each as a sentence.\n";
  const tail = "# Not judged, as which way is good is not known. Move what matters to the gates:\n";
  return `${head}${stringify({ version: 1, models: { [model]: { metrics: patterns, gates } } })}${remarks.length === 0 ? "" : `${tail}${remarks.join("")}`}`;
}
