import type { Note } from "../../documents/fields.ts";
import { calibrationFloor } from "../../metrics/classification/calibration-floor.ts";
import { parseCalibration } from "../../metrics/classification/metric-names.ts";
import { numberText } from "../number-text.ts";
import { remark } from "../reasons.ts";
import type { Scope } from "../scope.ts";

/** Above so many rows the floor is far below what anybody gates, and drawing it would take longer than all else. */
const MOST_ROWS = 100_000;

/** A value up to so many times the floor is hardly told from a perfectly calibrated model's. */
const NEAR = 2;

/** Says so when a calibration error (`ece`, `mce`) is near what a perfectly calibrated model would show on these rows; nothing otherwise. */
export function calibrationNote(metric: string, value: number | undefined, scope: Scope): Note[] {
  const { rows, task } = scope.candidate;
  if (value === undefined || rows === undefined || task === undefined || scope.against !== undefined) return [];
  if (parseCalibration(metric) === undefined || rows.count > MOST_ROWS || !task.compute.includes(metric)) return [];
  const floor = calibrationFloor(metric, rows, task, { seed: scope.seed });
  if (typeof floor !== "number" || value > NEAR * floor) return [];
  const text = `${metric} is ${numberText(value)}; a perfectly calibrated model with these scores would show ${numberText(floor)} on ${rows.count} rows on average, so a value near it says nothing against this one.`;
  return [remark("calibration-floor", text)];
}
