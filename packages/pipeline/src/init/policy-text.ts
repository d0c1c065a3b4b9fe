import { stringify } from "yaml";

/** A policy that lets no metric lose more than 1 % of its value. */
export function policyText(
  model: string,
  files: readonly string[],
  metrics: ReadonlyMap<string, "up" | "down">,
): string {
  const gates = [...metrics].map(([metric, direction]) => ({
    metric,
    ...(direction === "up" ? { "max-drop": "1%" } : { "max-rise": "1%" }),
  }));
  return `# The gates of this repository's models. \`metricgate check --explain\` prints each as a sentence.\n${stringify({ version: 1, models: { [model]: { metrics: [...files], gates } } })}`;
}
