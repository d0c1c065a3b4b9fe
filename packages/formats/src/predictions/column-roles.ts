import type { TaskName } from "@metricgate/core/documents/evaluation";

/** The roles that one column can have. */
export const roles = [
  "id",
  "label",
  "prediction",
  "score",
  "query",
  "series",
  "lower",
  "upper",
  "scale",
  "samples",
  "correct",
  "weight",
  "group",
] as const;
export type Role = (typeof roles)[number];

/** The task whose tables alone have the role; roles of every task are not here. */
const ownTask: Partial<Record<Role, TaskName>> = {
  query: "ranking",
  series: "forecasting",
  lower: "forecasting",
  upper: "forecasting",
  scale: "forecasting",
  samples: "text",
  correct: "text",
};

const references = ["reference", "references", "answer", "answers", "gold", "gold_answer", "gold_answers"];

const usual: Readonly<Record<Role, readonly string[]>> = {
  id: ["id", "row_id", "rowid", "example_id", "sample_id", "record_id", "uid", "uuid", "index", "key"],
  label: [
    "label",
    "target",
    "y_true",
    "y",
    "actual",
    "truth",
    "ground_truth",
    "true_label",
    "expected",
    "labels",
    "targets",
    "true_labels",
  ],
  prediction: [
    "prediction",
    "pred",
    "y_pred",
    "predicted",
    "predictions",
    "y_hat",
    "yhat",
    "predicted_label",
    "predicted_labels",
    "forecast",
  ],
  score: ["score", "prob", "probability", "y_score", "y_prob", "y_proba", "proba", "p", "confidence"],
  query: ["query_id", "qid", "query", "search_id", "topic_id", "topic"],
  series: ["series", "series_id", "unique_id", "item_id", "ts_id"],
  lower: ["lower", "lo", "lower_bound", "yhat_lower"],
  upper: ["upper", "hi", "upper_bound", "yhat_upper"],
  scale: ["scale", "mase_scale", "naive_mae"],
  samples: ["samples", "n_samples", "num_samples", "n"],
  correct: ["correct", "n_correct", "num_correct", "c"],
  weight: ["weight", "sample_weight", "weights"],
  group: ["group", "group_id"],
};

/** Further usual names, in tables of one task. */
const usualIn: Partial<Record<TaskName, Partial<Record<Role, readonly string[]>>>> = {
  ranking: { label: ["relevance", "rel", "grade", "gain"], query: ["group_id", "group", "session_id"] },
  text: {
    label: references,
    prediction: ["response", "output", "completion", "generated", "generation", "model_output"],
  },
};

/**
 * The names by which a role is found when nobody names its column, first choice first. Of a task that is not known yet, those that tell it
 * too: a query, references and relevance.
 */
export function usualNames(role: Role, task: TaskName | undefined): readonly string[] {
  const own = ownTask[role];
  if (own !== undefined && own !== task && !(task === undefined && role === "query")) return [];
  const labelled = task === undefined || task === "classification" || task === "regression";
  if (labelled) return role === "label" ? [...usual.label, ...references, "relevance"] : usual[role];
  const further = usualIn[task]?.[role] ?? [];
  return task === "text" ? [...further, ...usual[role]] : [...usual[role], ...further];
}

/** Whether a column called so holds reference answers. */
export function namesReferences(column: string): boolean {
  return references.includes(column.trim().toLowerCase());
}
