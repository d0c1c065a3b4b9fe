import type { RowsTask } from "../documents/evaluation.ts";

/**
 * The metrics computed when none are named, by task and by the columns at hand (`label`, `prediction`, `score`, `score:CLASS`).
 * A classification is binary when it has a positive class; two classes of which none is positive are treated alike.
 */
export function usualMetrics(
  task: Pick<RowsTask, "task" | "positive" | "classes">,
  columns: { has(column: string): boolean },
): string[] {
  if (task.task === "regression") return ["mae", "rmse", "r2"];
  const named = columns.has("prediction");
  if (task.positive !== undefined) {
    const scored = columns.has("score") || columns.has(`score:${task.positive}`);
    return [
      ...(named ? ["accuracy", "precision", "recall", "f1"] : []),
      ...(scored ? ["roc_auc", "average_precision", "log_loss", "brier"] : []),
    ];
  }
  const classes = task.classes ?? [];
  const scored = classes.length > 0 && classes.every((name) => columns.has(`score:${name}`));
  return [...(named ? ["accuracy", "balanced_accuracy", "f1_macro"] : []), ...(scored ? ["log_loss"] : [])];
}
