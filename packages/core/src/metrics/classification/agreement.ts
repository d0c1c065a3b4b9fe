import { sumOf } from "../../statistics/sum.ts";
import type { Undefined } from "../measured.ts";
import type { Confusion, CountMetric } from "./confusion.ts";

/** Matthews' correlation of labels and predictions, −1 to 1. Equals sklearn's `matthews_corrcoef`; a constant side is a reason. */
export function mcc({ right, truly, predicted, total }: Confusion): CountMetric | Undefined {
  const classes = truly.length;
  const c = sumOf(classes, (k) => right[k] ?? 0);
  const tp = sumOf(classes, (k) => (truly[k] ?? 0) * (predicted[k] ?? 0));
  const x = total * total - sumOf(classes, (k) => (predicted[k] ?? 0) ** 2);
  const y = total * total - sumOf(classes, (k) => (truly[k] ?? 0) ** 2);
  if (x <= 0 || y <= 0) return { undefined: x <= 0 ? "one-predicted-class" : "one-class" };
  const root = Math.sqrt(x * y);
  const value = (c * total - tp) / root;
  // Slopes that are equal in every cell drop out when the influence is centred, so those of `total` are left away where alone.
  const slope = (own: number, other: number, spread: number) => -own / root + (value * other) / spread;
  return {
    value,
    right: new Float64Array(classes).fill(total / root),
    truly: truly.map((t, k) => slope(predicted[k] ?? 0, t, y)),
    predicted: predicted.map((p, k) => slope(truly[k] ?? 0, p, x)),
  };
}

/** Cohen's kappa without weights, −1 to 1. Equals sklearn's `cohen_kappa_score`; when chance alone explains all, a reason. */
export function kappa({ right, truly, predicted, total }: Confusion): CountMetric | Undefined {
  const classes = truly.length;
  const seen = sumOf(classes, (k) => right[k] ?? 0) / total;
  const chance = sumOf(classes, (k) => ((truly[k] ?? 0) / total) * ((predicted[k] ?? 0) / total));
  if (chance >= 1) return { undefined: "one-class" };
  const value = (seen - chance) / (1 - chance);
  const slope = (other: number) => ((value - 1) * (other / total)) / (total * (1 - chance));
  return {
    value,
    right: new Float64Array(classes).fill(1 / (total * (1 - chance))),
    truly: predicted.map(slope),
    predicted: truly.map(slope),
  };
}
