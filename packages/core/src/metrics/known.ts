import type { Direction } from "../documents/fields.ts";
import { parseAtThreshold } from "./at-threshold.ts";

/** What is known of a computable metric: which way is good, and the smallest and largest value it can take. */
export interface Known {
  direction: Direction;
  low: number;
  high: number;
}

const share: Known = { direction: "up", low: 0, high: 1 };
const badShare: Known = { direction: "down", low: 0, high: 1 };
const loss: Known = { direction: "down", low: 0, high: Number.POSITIVE_INFINITY };
const agreement: Known = { direction: "up", low: -1, high: 1 };

const KNOWN: ReadonlyMap<string, Known> = new Map<string, Known>([
  ...["accuracy", "precision", "recall", "specificity", "npv", "f1", "jaccard", "balanced_accuracy"].map(
    (name): [string, Known] => [name, share],
  ),
  ...["precision", "recall", "f1"].flatMap((name): [string, Known][] => [
    [`${name}_macro`, share],
    [`${name}_weighted`, share],
  ]),
  ...["roc_auc", "average_precision"].map((name): [string, Known] => [name, share]),
  ...["error_rate", "fpr", "fnr", "brier"].map((name): [string, Known] => [name, badShare]),
  ["selection_rate", { direction: "near", low: 0, high: 1 }],
  ["mcc", agreement],
  ["cohen_kappa", agreement],
  ...["log_loss", "mae", "mse", "rmse", "mape", "wape"].map((name): [string, Known] => [name, loss]),
  ["smape", { direction: "down", low: 0, high: 2 }],
  ["r2", { direction: "up", low: Number.NEGATIVE_INFINITY, high: 1 }],
]);

/** What is known of `name`, also of `recall@fpr=0.01`, `recall@precision=0.9` and `precision@recall=0.8`. */
export function known(name: string): Known | undefined {
  return KNOWN.get(name) ?? (parseAtThreshold(name) === undefined ? undefined : share);
}

/** Whether `measure` can compute a metric of this name from rows. */
export function isComputable(name: string): boolean {
  return known(name) !== undefined;
}

/** Which way is good for a computable metric. */
export function computableDirection(name: string): Direction | undefined {
  return known(name)?.direction;
}
