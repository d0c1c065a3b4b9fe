import type { GateResult } from "@metricgate/core/documents/verdict";
import type { Row } from "../content/row.ts";
import { htmlText } from "../escape/html.ts";

const width = 220;
const middle = 12;
/** Margins shown to each side; what lies beyond is drawn at the edge. */
const reach = 4;

/** How a row looks: words say the same beside it. */
export function tone(row: Row): "bad" | "open" | "good" | "calm" {
  if (row.mark === "❌") return "bad";
  if (row.mark === "⚠️") return "open";
  return row.word === "better" ? "good" : "calm";
}

/** A change in margins, positive when better. */
function inMargins(gate: GateResult, change: number): number {
  return ((gate.direction === "down" ? -1 : 1) * change) / (gate.margin || 1);
}

function place(margins: number): string {
  const held = Math.max(-reach, Math.min(reach, margins));
  return (width / 2 + (held / reach) * (width / 2 - 6)).toFixed(1);
}

/** True when the row's change can be drawn: it has a change, a margin above zero and a way that is good. */
export function drawable(gate: GateResult): boolean {
  return (
    gate.rule === "no-regression" &&
    gate.change !== undefined &&
    (gate.margin ?? 0) > 0 &&
    (gate.direction === "up" || gate.direction === "down")
  );
}

/** The marker: a square for bad, a diamond for open, a circle for the rest; hollow when beyond the edge. */
function marker(kind: ReturnType<typeof tone>, at: number): string {
  const x = Number(place(at));
  const look = Math.abs(at) > reach ? "dot hollow" : "dot";
  if (kind === "bad") return `<rect class="${look}" x="${(x - 4).toFixed(1)}" y="${middle - 4}" width="8" height="8"/>`;
  if (kind === "open") return `<path class="${look}" d="M${x} ${middle - 5}l5 5l-5 5l-5 -5z"/>`;
  return `<circle class="${look}" cx="${x}" cy="${middle}" r="4"/>`;
}

/** The dot and interval of one gate as SVG, in margins: the middle is no change, right is better, the dashed line is the largest loss allowed. */
export function forestPlot(row: Row): string {
  const { gate, numbers } = row;
  if (!drawable(gate) || gate.change === undefined) return "";
  const kind = tone(row);
  const interval = numbers.interval === "" ? "no interval given" : `interval ${numbers.interval}`;
  const title = `${row.word}: change ${numbers.change}, ${interval}, allowed ${numbers.allowed}`;
  const bounds =
    gate.interval === undefined ? [] : [inMargins(gate, gate.interval.low), inMargins(gate, gate.interval.high)];
  const [low, high] = bounds.sort((a, b) => a - b);
  const bar =
    low === undefined || high === undefined
      ? ""
      : `<line class="bar" x1="${place(low)}" x2="${place(high)}" y1="${middle}" y2="${middle}"/>`;
  return [
    `<svg class="is-${kind}" viewBox="0 0 ${width} 24" role="img"><title>${htmlText(title)}</title>`,
    `<line class="zero" x1="${place(0)}" x2="${place(0)}" y1="1" y2="23"/>`,
    `<line class="allowed" x1="${place(-1)}" x2="${place(-1)}" y1="1" y2="23"/>`,
    bar,
    marker(kind, inMargins(gate, gate.change)),
    "</svg>",
  ].join("");
}
