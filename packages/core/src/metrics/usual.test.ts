import { expect, it } from "vitest";
import { isComputable } from "./known.ts";
import { usualMetrics } from "./usual.ts";

it.each([
  ["predictions", { positive: "1" }, "prediction", "accuracy precision recall f1"],
  ["a score", { positive: "1" }, "score", "roc_auc average_precision log_loss brier"],
  ["the positive class's score", { positive: "1" }, "score:1", "roc_auc average_precision log_loss brier"],
  ["predictions of several classes", { classes: ["a", "b", "c"] }, "prediction", "accuracy balanced_accuracy f1_macro"],
  ["scores of all classes", { classes: ["a", "b"] }, "score:a score:b", "log_loss"],
  ["scores of some classes", { classes: ["a", "b"] }, "score:a", ""],
  ["flags", { multilabel: true, classes: ["a", "b"] }, "prediction:a prediction:b", "f1_micro f1_macro hamming_loss"],
  ["flags of some classes", { multilabel: true, classes: ["a", "b"] }, "prediction:a", ""],
  ["scores of flags", { multilabel: true, classes: ["a"] }, "score:a", "roc_auc_macro average_precision_macro"],
])("a classification with %s has its usual metrics, all of them computable", (_, about, columns, wanted) => {
  const found = usualMetrics({ task: "classification", ...about }, new Set(columns.split(" ")));
  expect(found.join(" ")).toBe(wanted);
  expect(found.filter((name) => !isComputable(name))).toEqual([]);
});
