import type { RowsTask } from "../documents/evaluation.ts";

/**
 * The metrics computed when none are named, by task and by the columns at hand (`label`, `prediction`, `score`, `score:CLASS`).
 * A classification is binary with a positive class or with two classes.
 */
export function usualMetrics(
  task: Pick<RowsTask, "task" | "positive" | "classes">,
  columns: { has(column: string): boolean },
): string[] {
  if (task.task === "regression") return ["mae", "rmse", "r2"];
  const named = columns.has("prediction");
  if (task.positive !== undefined || task.classes?.length === 2) {
    const positive = task.positive ?? task.classes?.[1];
    const scored = columns.has("score") || columns.has(`score:${positive}`);
    return [
      ...(named ? ["accuracy", "precision", "recall", "f1"] : []),
      ...(scored ? ["roc_auc", "average_precision", "log_loss", "brier"] : []),
    ];
  }
  const classes = task.classes ?? [];
  const scored = classes.length > 0 && classes.every((name) => columns.has(`score:${name}`));
  return [...(named ? ["accuracy", "balanced_accuracy", "f1_macro"] : []), ...(scored ? ["log_loss"] : [])];
}
