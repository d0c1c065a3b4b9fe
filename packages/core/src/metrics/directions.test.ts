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
  ])("%s is of the run", (name) => {
    expect(isBookkeeping(name)).toBe(true);
  });
  it.each([["eval_loss"], ["accuracy"], ["training_cost"], ["recall@fpr=0.01"]])("%s is of the model", (name) => {
    expect(isBookkeeping(name)).toBe(false);
  });
});
