import { UserError } from "@metricgate/core/errors/user-error";
import { readBytes } from "../../sources/read-bytes.ts";
import { decodeText } from "../../text/decode-text.ts";
import { readDelimited } from "../delimited.ts";
import { columnSeries, historyMetrics } from "../history-metrics.ts";
import { readJsonFile } from "../json-file.ts";
import type { FoundCurve, MetricFile, MetricFormat } from "../metric-format.ts";
import { nestedMetrics } from "../nested-metrics.ts";
import { numberOf } from "../number-text.ts";

const curveSize = 10_000_000;
/** Plot files that are opened for their curves. */
const mostCurves = 100;

/** The metrics that DVCLive logged, and the plots beside them. */
export const dvcliveFormat: MetricFormat = {
  name: "dvclive",
  proof: "tool",
  title: "DVCLive metrics.json with its plots",
  usual: ["dvclive/metrics.json", "**/dvclive/metrics.json"],
  example: {
    path: "dvclive/metrics.json",
    text: '{\n    "val": {\n        "accuracy": 0.8\n    },\n    "train": {\n        "loss": 0.2\n    },\n    "step": 2\n}\n',
  },
  takes:
    "Every number, keys joined with `.`; `step` is a counter. Curves come from `plots/metrics/NAME.tsv` where they are there.",
  detect: ({ path, json }) => (json !== undefined && /(^|\/)dvclive\/metrics\.json$/.test(path) ? "sure" : undefined),
  read: async (file) => {
    const { root, refuse } = await readJsonFile(file);
    const found = nestedMetrics(root, refuse);
    const curves: FoundCurve[] = [];
    for (const { metric } of found.metrics.filter(({ metric }) => metric.name !== "step").slice(0, mostCurves)) {
      const curve = await curveOf(metric.name, file);
      if (curve !== undefined) curves.push(curve);
    }
    return { ...found, curves };
  },
};

/** The curve of a metric; undefined without its file. A curve is shown and never judged, so a file that is not there is no error. */
async function curveOf(name: string, file: MetricFile): Promise<FoundCurve | undefined> {
  try {
    const source = await file.open(`plots/metrics/${name.split(".").join("/")}.tsv`);
    const [head = "", ...lines] = decodeText(await readBytes(source, curveSize), source.name).split("\n");
    const columns = head.trim().split("\t");
    const step = columns.indexOf("step");
    const points = lines.flatMap((line): [number, number][] => {
      const cells = line.trim().split("\t");
      const [x, y] = [numberOf(cells[step] ?? ""), numberOf(cells[columns.length - 1] ?? "")];
      return x === undefined || y === undefined ? [] : [[x, y]];
    });
    return { name, x: "step", points };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** One plot of DVCLive. */
export const dvcliveTsvFormat: MetricFormat = {
  name: "dvclive-tsv",
  proof: "tool",
  title: "DVCLive plots/metrics/NAME.tsv",
  usual: [],
  example: { path: "dvclive/plots/metrics/val/accuracy.tsv", text: "step\taccuracy\n0\t0.5\n1\t0.7\n2\t0.8\n" },
  takes:
    "The last value under the path below `plots/metrics/` with `.` for `/`, the curve by step, and `best(NAME)`, which is judged only by a gate that names it.",
  detect: ({ path, columns = [] }) =>
    columns.includes("step") && /(^|\/)plots\/metrics\/.+\.tsv$/.test(path) ? "sure" : undefined,
  read: async (file) => {
    const path = /plots\/metrics\/(.+)\.tsv$/.exec(file.source.name)?.[1] ?? file.source.name;
    const series = columnSeries(await readDelimited(file), "step", ["step", "timestamp"]).slice(-1);
    return historyMetrics(
      series.map((one) => ({ ...one, name: path.split("/").join(".") })),
      "step",
      file.source.name,
    );
  },
};
