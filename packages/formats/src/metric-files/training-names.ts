import type { Series } from "./history-metrics.ts";

/** Keras calls the metrics of the training data by their bare names: where `val_loss` stands beside it, `loss` becomes `train_loss`. */
export function trainingNames(series: readonly Series[]): Series[] {
  const names = new Set(series.map(({ name }) => name));
  return series.map((one) => (names.has(`val_${one.name}`) ? { ...one, name: `train_${one.name}` } : one));
}
