import { describe, expect, it } from "vitest";
import { directionOf, directionTable, isBookkeeping } from "./directions.ts";

describe("the direction of a metric's name", () => {
  it.each([
    ["accuracy", "up"],
    ["eval_accuracy", "up"],
    ["Test/F1", "up"],
    ["f1_macro", "up"],
    ["macro avg.f1-score", "up"],
    ["precision.macro avg", "up"],
    ["0.precision", "up"],
    ["metrics/mAP50-95(B)", "up"],
    ["bleu4", "up"],
    ["recall@fpr=0.01", "up"],
    ["ndcg@10", "up"],
    ["hellaswag.acc,none", "up"],
    ["pass_rate", "up"],
    ["exact_match", "up"],
    ["log_loss", "down"],
    ["eval_loss", "down"],
    ["loss/eval", "down"],
    ["loss.eval.0", "down"],
    ["p95_latency_ms", "down"],
    ["latency_p95_ms", "down"],
    ["latency.p99", "down"],
    ["mean_squared_error", "down"],
    ["error@0.3", "down"],
    ["model/size", "down"],
    ["explained_variance", "up"],
    ["bits_per_byte,none", "down"],
    ["response_time.p95", "down"],
    ["pass@1", "up"],
    ["gsm8k.exact_match,strict-match", "up"],
  ])("%s is good when %s", (name, direction) => {
    expect(directionOf(name)).toBe(direction);
  });

  it.each([
    ["selection_rate"],
    ["accuracy_loss"],
    ["f1_error"],
    ["acc_stderr"],
    ["loss/country"],
    ["accuracy.threshold"],
    ["precision.0.support"],
    ["batch_size"],
    ["loss_scale"],
    ["f"],
    ["constructor"],
    ["__proto__"],
    [""],
    ["eval"],
    ["@loss"],
    ["best(val_loss)"],
    ["best(metrics/mAP50-95(B))"],
    ["variance"],
    ["score"],
    ["drift"],
  ])("%s is not gated by its name", (name) => {
    expect(directionOf(name)).toBeUndefined();
  });

  it("finds every name of its own table, in any case", () => {
    for (const { name, direction } of directionTable) {
      expect(directionOf(name), name).toBe(direction);
      expect(directionOf(`Eval/${name.toUpperCase()}`), name).toBe(direction);
    }
    expect(new Set(directionTable.map((entry) => entry.name)).size).toBe(directionTable.length);
  });
});

describe("bookkeeping names", () => {
  it.each([
    ["eval_runtime"],
    ["train_samples_per_second"],
    ["total_flos"],
    ["epoch"],
    ["step"],
    ["eval_samples"],
    ["train_loss"],
    ["train/accuracy"],
    ["train/lr"],
    ["training_cost"],
    ["training.auc"],
    ["loss/train"],
    ["learn.Logloss"],
    ["lr/pg0"],
    ["lr-Adam"],
    ["learning_rate"],
    ["grad_norm"],
  ])("%s is of the run", (name) => {
    expect(isBookkeeping(name)).toBe(true);
  });
  it.each([["eval_loss"], ["accuracy"], ["test_step.py::test_step"], ["recall@fpr=0.01"], ["learn_to_rank.ndcg"]])(
    "%s is of the model",
    (name) => {
      expect(isBookkeeping(name)).toBe(false);
    },
  );
});
