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

  it.each(
    [
      // Turned round, or a good thing about a bad one.
      "1-error 1-wer one_minus_error inverse_loss inv_rmse loss_reduction error_reduction relative_error_reduction",
      "cost_savings cost_reduction memory_saved error_free_rate no_error_rate non_failure_rate non_toxicity",
      "failures_detected errors_found errors_caught error_detection_rate error_recovery_rate fraud_loss_prevented",
      "loss_avoided mean_time_between_failures latency_headroom rmse_skill mse_skill_score",
      "1-auc one_minus_auc 1_minus_accuracy neg_accuracy neg_auc neg_r2 auc_decay accuracy_degradation",
      "accuracy_disparity accuracy_deficit auc_shortfall recall_regression missed_recall accuracy_rank",
      "jaccard_distance pearson_distance spearman_distance test/1-auc neg_loss",
      // Spread and significance of a metric.
      "accuracy_se f1_sem auc_stdv auc_cv rmse_iqr loss_range recall_spread mae_mad bleu_uncertainty auc_instability",
      "pearson_p pearson_pvalue accuracy_p_value error_bars standard_error",
      // Settings, counts and names.
      "test_size eval_size eval_set_size image_size max_size size_limit latency_budget latency_limit memory_limit",
      "loss_coef kl_coef cost_matrix accuracy_baseline baseline_accuracy precision_bits comet_id pass_id f1_index",
      "gini_impurity duration_of_eval",
    ].flatMap((line) => line.split(" ")),
  )("%s may be good either way, so its name judges nothing", (name) => {
    expect(directionOf(name)).toBeUndefined();
    expect(directionOf(`eval/${name.toUpperCase()}`)).toBeUndefined();
  });

  it.each([
    ["brier_skill_score", "up"],
    ["test_neg_log_loss", "up"],
    ["test_neg_root_mean_squared_error", "up"],
    ["neg_mean_absolute_percentage_error", "up"],
    ["dice_coef", "up"],
    ["spearman_rank_correlation", "up"],
    ["jaccard_index", "up"],
    ["davies_bouldin_index", "down"],
    ["cv_accuracy", "up"],
    ["id_accuracy", "up"],
    ["top_1_accuracy", "up"],
    ["1.f1-score", "up"],
    ["validation_1-auc", "up"],
    ["detection_map", "up"],
    ["detection_loss", "down"],
    ["distance_mae", "down"],
    ["regression_rmse", "down"],
    ["latency_p_95", "down"],
    ["model_size_mb", "down"],
    ["edit_distance", "down"],
  ])("%s stays good when %s, for its other words leave no doubt", (name, direction) => {
    expect(directionOf(name)).toBe(direction);
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
