import { UserError } from "@metricgate/core/errors/user-error";
import { readBytes } from "../../sources/read-bytes.ts";
import { decodeText } from "../../text/decode-text.ts";
import { lineCounter } from "../../text/position.ts";
import { requireLineEnd } from "../delimited.ts";
import type { FileHead, MetricFile, MetricFormat } from "../metric-format.ts";
import { measured, numberOf } from "../number-text.ts";
import { refusals } from "../refuse.ts";

const line = /^(\d+) (\S+)(?: (-?\d+))?$/;

/** One metric of a run in MLflow's file store. */
export const mlflowFileFormat: MetricFormat = {
  name: "mlflow-file",
  proof: "tool",
  title: "MLflow file store, one file a metric",
  usual: ["mlruns/*/*/metrics/**"],
  example: {
    path: "mlruns/0/5f3c/metrics/val/accuracy",
    text: "1763650800000 0.81 0\n1763650860000 0.88 1\n1763650920000 0.93 2\n",
  },
  takes:
    "The value of the highest step (then time), as MLflow shows it, under the name that follows `metrics/`, and the curve by step. One pattern should match one run; a deleted one is refused.",
  detect,
  read: async (file) => {
    const text = await file.text();
    const path = file.source.name;
    const refuse = refusals(text, path);
    requireLineEnd(text, path);
    const name = metricName(path);
    await refuseDeleted(name, file);
    const rows: { time: number; step: number; value: number; at: number }[] = [];
    let at = 0;
    for (const written of text.split("\n")) {
      const [, time, valueText = "", step = "0"] = line.exec(written.replace(/\r$/, "")) ?? [];
      const value = numberOf(valueText);
      if (time !== undefined && value !== undefined) rows.push({ time: Number(time), step: Number(step), value, at });
      else if (written.trim() !== "") {
        refuse.shape(
          `Line ${lineCounter(text)(at)} of ${path} is not "timestamp value step".`,
          "Let MLflow write the file.",
          at,
        );
      }
      at += written.length + 1;
    }
    rows.sort((a, b) => a.step - b.step || a.time - b.time || a.value - b.value);
    const last = rows.at(-1);
    if (last === undefined) return { metrics: [], ignored: [] };
    return {
      metrics: [{ at: last.at, metric: { name, ...measured(last.value) } }],
      ignored: [],
      curves: [{ name, x: "step", points: rows.map(({ step, value }): [number, number] => [step, value]) }],
    };
  },
};

function detect({ text = "", path }: FileHead): "sure" | "likely" | undefined {
  const [first = ""] = text.split("\n", 1);
  const [, time = "", , step] = line.exec(first.replace(/\r$/, "")) ?? [];
  if (!/^\d{12,}$/.test(time)) return undefined;
  return step !== undefined || /(^|\/)metrics\//.test(path) ? "sure" : "likely";
}

/** A key may hold `/`, so the name is all that follows the last folder `metrics` of a run. */
function metricName(path: string): string {
  const below =
    /(?:^|\/)mlruns\/[^/]+\/[^/]+\/metrics\/(.+)$/.exec(path)?.[1] ?? /(?:^|\/)metrics\/(.+)$/.exec(path)?.[1];
  return below ?? path.slice(path.lastIndexOf("/") + 1);
}

/** A deleted run stays on the disk; its `meta.yaml` tells, where it can be opened. */
async function refuseDeleted(name: string, file: MetricFile): Promise<void> {
  if (!/(^|\/)metrics\//.test(file.source.name)) return;
  const path = `${"../".repeat(name.split("/").length)}meta.yaml`;
  let meta: string;
  try {
    meta = decodeText(await readBytes(await file.open(path), 1_000_000), path);
  } catch (error) {
    if (error instanceof UserError) return;
    throw error;
  }
  if (!/^lifecycle_stage: deleted\s*$/m.test(meta)) return;
  const where = { file: file.source.name };
  throw new UserError(
    "run-deleted",
    `The run of ${file.source.name} was deleted.`,
    "Name the metrics of a run that is active.",
    where,
  );
}
