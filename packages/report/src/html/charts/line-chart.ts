import { htmlName, htmlText } from "../../escape/html.ts";
import { fixed } from "../../format/number.ts";
import { linearScale, pixel } from "./scale.ts";

/** One line of a chart. `dashed` and the marker tell lines apart without colour. */
export interface Series {
  /** From a document perhaps: escaped here. */
  name: string;
  points: readonly (readonly [number, number])[];
  look: "this" | "baseline" | "limit";
  marks?: boolean;
}

/** A chart of lines over two linear axes. `finding` is what a reader who sees no picture should know; names are ours unless said. */
export interface LineChart {
  title: string;
  finding: string;
  x: { label: string; low?: number; high?: number; ticks?: { at: number; text: string }[] };
  y: { label: string; low?: number; high?: number };
  series: readonly Series[];
  /** What stands below the legend, perhaps from a document: escaped here. */
  note?: string;
}

const [width, height] = [460, 280];
const frame = { left: 56, right: 12, top: 12, bottom: 40 };

/** The chart as SVG with a legend and, in a fold, its table; empty when no line has a finite point. */
export function lineChart(chart: LineChart): string {
  const series = chart.series
    .map((one) => ({ ...one, points: one.points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y)) }))
    .filter(({ points }) => points.length > 0);
  const all = series.flatMap(({ points }) => points);
  if (all.length === 0) return "";
  const ends = (pick: 0 | 1, { low, high }: { low?: number; high?: number }): [number, number] => {
    let [least, most] = [low ?? Number.POSITIVE_INFINITY, high ?? Number.NEGATIVE_INFINITY];
    for (const point of all) {
      if (low === undefined) least = Math.min(least, point[pick]);
      if (high === undefined) most = Math.max(most, point[pick]);
    }
    return [least, most];
  };
  const x = linearScale(...ends(0, chart.x), frame.left, width - frame.right);
  const y = linearScale(...ends(1, chart.y), height - frame.bottom, frame.top);
  const bottom = height - frame.bottom;
  const xTicks = chart.x.ticks ?? x.ticks.map((at) => ({ at, text: fixed(at, x.decimals) }));
  const grid = [
    ...y.ticks.map(
      (tick) =>
        `<line class="grid" x1="${frame.left}" x2="${width - frame.right}" y1="${pixel(y.at(tick))}" y2="${pixel(y.at(tick))}"/>` +
        `<text class="tick" x="${frame.left - 6}" y="${pixel(y.at(tick) + 4)}" text-anchor="end">${htmlText(fixed(tick, y.decimals))}</text>`,
    ),
    ...xTicks.map(
      ({ at, text }) =>
        `<text class="tick" x="${pixel(x.at(at))}" y="${bottom + 16}" text-anchor="middle">${htmlText(text)}</text>`,
    ),
    `<line class="axis" x1="${frame.left}" x2="${width - frame.right}" y1="${bottom}" y2="${bottom}"/>`,
    `<text class="tick" x="${pixel((frame.left + width - frame.right) / 2)}" y="${height - 6}" text-anchor="middle">${htmlText(chart.x.label)}</text>`,
  ];
  const lines = series.map(({ points, look, marks }) => {
    const path = points.map(([px, py], i) => `${i === 0 ? "M" : "L"}${pixel(x.at(px))} ${pixel(y.at(py))}`).join("");
    const dots =
      marks === true || points.length === 1 ? points.map(([px, py]) => mark(look, x.at(px), y.at(py))).join("") : "";
    return `<g class="line-${look}"><path d="${path}"/>${dots}</g>`;
  });
  const title = `${chart.title}: ${chart.y.label} by ${chart.x.label}`;
  const legend = series.map(({ name, look }) => `<span class="key key-${look}">${htmlName(name)}</span>`).join(" ");
  return `<figure><figcaption><b>${htmlText(chart.title)}</b> <span class="soft">${htmlText(chart.y.label)}</span></figcaption>
<svg class="chart" viewBox="0 0 ${width} ${height}" role="img"><title>${htmlText(title)}</title><desc>${htmlText(chart.finding)}</desc>${grid.join("")}${lines.join("")}</svg>
<p class="legend">${legend}</p>
${chart.note === undefined || chart.note === "" ? "" : `<p class="soft">${htmlText(chart.note)}</p>\n`}${chartTable(chart, series)}</figure>`;
}

function mark(look: Series["look"], x: number, y: number): string {
  return look === "baseline"
    ? `<rect x="${pixel(x - 2.5)}" y="${pixel(y - 2.5)}" width="5" height="5"/>`
    : `<circle cx="${pixel(x)}" cy="${pixel(y)}" r="3"/>`;
}

/** The points as a table: what a picture says, for whoever does not see it. */
function chartTable({ title, x, y }: LineChart, series: readonly Series[]): string {
  const rows = series.flatMap(({ name, points }) =>
    points.map(([px, py]) => {
      const at = x.ticks?.find((tick) => tick.at === px)?.text ?? short(px);
      return `<tr><td>${htmlName(name)}</td><td class="number" data-label="${htmlText(x.label)}">${htmlText(at)}</td><td class="number" data-label="${htmlText(y.label)}">${htmlText(short(py))}</td></tr>`;
    }),
  );
  return `<details><summary>Table of ${htmlText(title)}</summary><table><thead><tr><th>Line</th><th class="number">${htmlText(x.label)}</th><th class="number">${htmlText(y.label)}</th></tr></thead><tbody>${rows.join("")}</tbody></table></details>`;
}

function short(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? fixed(value, 0) : String(Number(value.toPrecision(4)));
}
