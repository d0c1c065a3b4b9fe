import type { RowsTask } from "../documents/evaluation.ts";

/** Values that a text's own metrics are made of. */
const OWN_VALUES = new Set(["exact_match", "token_f1", "samples", "correct", "win"]);

/**
 * The metrics computed when none are named, by task and by the columns at hand (`label`, `prediction`, `score`, `score:CLASS`, `scale`, `value:NAME`).
 * A classification is binary when it has a positive class; two classes of which none is positive are treated alike. The mean of each other row value follows.
 */
export function usualMetrics(
  task: Pick<RowsTask, "task" | "positive" | "classes" | "values" | "multilabel">,
  columns: { has(column: string): boolean },
): string[] {
  const values = (task.values ?? []).filter((name) => task.task !== "text" || !OWN_VALUES.has(name));
  return [...usualOfTask(task, columns), ...values.map((name) => `mean(${name})`)];
}

function usualOfTask(
  task: Pick<RowsTask, "task" | "positive" | "classes" | "multilabel">,
  columns: { has(column: string): boolean },
): string[] {
  if (task.task === "regression") return ["mae", "rmse", "r2"];
  if (task.task === "ranking") return ["ndcg@10", "mrr", "recall@10"];
  if (task.task === "forecasting") return ["mae", "wape", ...(columns.has("scale") ? ["mase"] : [])];
  if (task.task === "text") return usualOfText(columns);
  if (task.multilabel === true) return usualOfMultilabel(task.classes ?? [], columns);
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

/** The metrics of rows with any number of classes: of predicted flags and of scores, where every class has them. */
function usualOfMultilabel(classes: readonly string[], columns: { has(column: string): boolean }): string[] {
  const all = (role: string) => classes.length > 0 && classes.every((name) => columns.has(`${role}:${name}`));
  return [
    ...(all("prediction") ? ["f1_micro", "f1_macro", "hamming_loss"] : []),
    ...(all("score") ? ["roc_auc_macro", "average_precision_macro"] : []),
  ];
}

/** The metrics of texts by the columns at hand: those against references, of samples and of wins. */
function usualOfText(columns: { has(column: string): boolean }): string[] {
  return [
    ...["exact_match", "token_f1"].filter((name) => columns.has(`value:${name}`)),
    ...(columns.has("value:samples") && columns.has("value:correct") ? ["pass@1"] : []),
    ...(columns.has("value:win") ? ["win_rate"] : []),
  ];
}
