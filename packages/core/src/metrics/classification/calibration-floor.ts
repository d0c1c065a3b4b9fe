import type { RowsTask } from "../../documents/evaluation.ts";
import { philoxDraws } from "../../statistics/draws/philox.ts";
import type { RowTable } from "../../tables/row-table.ts";
import type { Undefined } from "../measured.ts";
import { binGaps, binsOf } from "./calibration.ts";
import { confidencesOfTask } from "./confidences.ts";
import { parseCalibration } from "./metric-names.ts";

/** The stream of these draws, apart from those of the bootstraps. */
const STREAM = 3;

/** Rows drawn in all replicates together. */
const WORK = 2e7;

/**
 * The mean calibration error (`ece`, `mce`, `ece@bins=10`) that a perfectly calibrated model with these very scores would show, from
 * 200 draws of the labels (fewer above 100,000 rows, at least 20). A measured error near it says nothing against the model.
 */
export function calibrationFloor(
  metric: string,
  rows: RowTable,
  task: RowsTask,
  options: { seed: number; at?: Int32Array },
): number | Undefined {
  const asked = parseCalibration(metric);
  if (asked === undefined) return { undefined: "metric-unknown" };
  const found = confidencesOfTask(rows, task, options.at);
  if ("undefined" in found) return found;
  const n = found.confidence.length;
  const binned = binsOf(found.confidence, asked.bins);
  const replicates = Math.min(200, Math.max(20, Math.floor(WORK / Math.max(1, n))));
  const draws = philoxDraws(options.seed, STREAM);
  const so = new Uint8Array(n);
  let total = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    draws.restart(replicate);
    for (let i = 0; i < n; i++) so[i] = draws.next() < (found.confidence[i] ?? 0) ? 1 : 0;
    total += binGaps({ ...found, so }, binned, asked.bins, found.weights)?.[asked.kind] ?? 0;
  }
  return total / replicates;
}
