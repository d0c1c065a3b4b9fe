import { readDelimited } from "../delimited.ts";
import { columnSeries, historyMetrics } from "../history-metrics.ts";
import type { FileHead, MetricFormat } from "../metric-format.ts";
import { trainingNames } from "../training-names.ts";

/** The log of Lightning's CSVLogger: a union of columns, sparse rows, `step` and `epoch` anywhere. */
export const lightningFormat: MetricFormat = {
  name: "lightning-csv",
  proof: "shape",
  title: "Lightning CSVLogger metrics.csv",
  usual: ["lightning_logs/**/metrics.csv", "**/version_*/metrics.csv"],
  example: {
    path: "lightning_logs/version_0/metrics.csv",
    text: "epoch,step,train_loss,val_acc,val_loss\n0,9,0.61,,\n0,9,,0.7,0.6\n1,19,0.41,,\n1,19,,0.8,0.5\n",
  },
  takes:
    "The last value that is not empty of each column, the columns as curves by step, and `best(NAME)`, which is judged only by a gate that names it.",
  detect: ({ columns = [], path }) => {
    if (!columns.includes("step") || columns.length < 2 || isUltralytics(columns) || columns.includes("timestamp"))
      return undefined;
    return columns.includes("epoch") || /(^|\/)version_\d+\/metrics\.csv$/.test(path) ? "likely" : undefined;
  },
  read: async (file) => {
    const table = await readDelimited(file);
    const series = columnSeries(table, "step", ["step", "epoch"]);
    return historyMetrics(
      series.filter(({ points }) => points.length > 0),
      "step",
      file.source.name,
    );
  },
};

/** The log of Keras' CSVLogger. */
export const kerasCsvFormat: MetricFormat = {
  name: "keras-csv",
  proof: "tool",
  title: "Keras CSVLogger",
  usual: ["**/*training*.csv", "**/*log*.csv"],
  example: {
    path: "out/training.csv",
    text: "epoch,accuracy,loss,val_accuracy,val_loss\n0,0.7,0.6,0.68,0.62\n1,0.8,0.5,0.71,0.6\n",
  },
  takes:
    "The last row, the columns as curves by epoch, `train_METRIC` where there is a `val_METRIC`, and `best(NAME)`, which is judged only by a gate that names it.",
  detect: ({ columns = [] }) =>
    columns[0] === "epoch" &&
    !columns.includes("step") &&
    !isUltralytics(columns) &&
    columns.some((name) => /loss$|^val_/.test(name))
      ? "likely"
      : undefined,
  read: async (file) => {
    const series = columnSeries(await readDelimited(file), "epoch", ["epoch"]);
    const filled = series.filter(({ points }) => points.length > 0);
    return historyMetrics(trainingNames(filled), "epoch", file.source.name);
  },
};

/** `results.csv` of Ultralytics' YOLO. */
export const ultralyticsFormat: MetricFormat = {
  name: "ultralytics",
  proof: "shape",
  title: "Ultralytics YOLO results.csv",
  usual: ["runs/**/results.csv"],
  example: {
    path: "runs/detect/train/results.csv",
    text: "epoch,time,train/box_loss,metrics/mAP50(B),metrics/mAP50-95(B),val/box_loss,lr/pg0\n1,4.1,1.5,0.5,0.31,1.4,0.01\n2,8.0,1.2,0.6,0.42,1.2,0.009\n3,12.1,1.1,0.59,0.4,1.2,0.008\n",
  },
  takes:
    "The last row, the columns as curves by epoch, and `best(NAME)` of the `metrics/` and `val/` columns: the tool's own result is the best row, so name that one in a gate.",
  detect: ({ columns = [] }: FileHead) => (isUltralytics(columns) ? "sure" : undefined),
  read: async (file) => {
    const series = columnSeries(await readDelimited(file), "epoch", ["epoch", "time"]);
    return historyMetrics(
      series.filter(({ points }) => points.length > 0),
      "epoch",
      file.source.name,
    );
  },
};

function isUltralytics(columns: readonly string[]): boolean {
  return columns.includes("epoch") && columns.some((name) => name.startsWith("metrics/"));
}
