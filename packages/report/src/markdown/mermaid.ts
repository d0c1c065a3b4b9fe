/** Two lines over named places, as a Mermaid chart. Every text is ours, or hexadecimal digits. */
export interface MermaidChart {
  title: string;
  /** Distinct names: a chart on numbers would misplace its last point. */
  places: readonly string[];
  /** The first is blue, the second grey. */
  lines: readonly (readonly number[])[];
  low?: number;
  high?: number;
}

/**
 * The chart as a fenced block with the size and the colours that keep it readable where Mermaid's own are not; empty when its numbers cannot
 * be written as short decimals.
 */
export function mermaidChart({ title, places, lines, ...ends }: MermaidChart): string {
  const all = lines.flat();
  const least = ends.low ?? Math.min(...all);
  const most = ends.high ?? Math.max(...all);
  const size = Math.max(Math.abs(least), Math.abs(most));
  if (!(size < 1e12) || places.length < 2) return "";
  const spread = most - least > size * 1e-9 ? most - least : Math.max(size * 0.1, 1e-6);
  const decimals = Math.max(0, Math.min(12, 3 - Math.floor(Math.log10(spread))));
  const pad = ends.low === undefined ? spread * 0.08 : 0;
  const shown = (value: number): string => value.toFixed(decimals).replace(/^-(0(?:\.0*)?)$/, "$1");
  return [
    "```mermaid",
    '%%{init: {"xyChart": {"width": 720, "height": 220}, "themeVariables": {"xyChart": {"plotColorPalette": "#0969da, #9198a1"}}}}%%',
    "xychart-beta",
    `  title "${title}"`,
    `  x-axis [${places.map((place) => `"${place}"`).join(", ")}]`,
    `  y-axis ${shown(least - pad)} --> ${shown(most + pad)}`,
    ...lines.map((line) => `  line [${line.map(shown).join(", ")}]`),
    "```",
  ].join("\n");
}
