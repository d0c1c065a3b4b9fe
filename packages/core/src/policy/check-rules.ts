import type { Report } from "./policy-problem.ts";
import type { FairnessRule, HistoryRule } from "./rule-schemas.ts";
import type { ModelPolicy } from "./schema.ts";

const optionOf = { level: "t", "max-off": "percentage", k: "mad" } as const;

/** Reports options of `history` that belong to another method. */
export function checkHistory(history: HistoryRule, report: Report): void {
  const method = history.method ?? "t";
  for (const key of ["level", "max-off", "k"] as const) {
    if (history[key] === undefined || optionOf[key] === method) continue;
    const text = `history: ${key} belongs to method: ${optionOf[key]}, not ${method}.`;
    report(["history", key], text, `Write method: ${optionOf[key]}, or remove ${key}.`);
  }
}

/** Reports a fairness rule without exactly one limit, or without rows to measure groups in. */
export function checkFairness(fairness: FairnessRule, model: ModelPolicy, report: Report): void {
  const given = (["difference-max", "ratio-min", "to-overall-max"] as const).filter(
    (key) => fairness[key] !== undefined,
  );
  const [, second] = given;
  if (given.length === 0) {
    const next = "Add difference-max, ratio-min or to-overall-max.";
    report(["fairness"], "fairness has no limit.", next);
  } else if (second !== undefined) {
    report(
      ["fairness", second],
      `fairness has ${given.join(" and ")}.`,
      "Keep one, and write a second gate for the other.",
    );
  }
  if (model.rows === "none") {
    report(
      ["fairness"],
      "fairness is measured in the rows, and rows: none keeps none.",
      "Remove rows: none from the model.",
    );
  } else if (model.predictions === undefined && model.metrics !== undefined) {
    report(
      ["fairness"],
      "fairness is measured in rows, and the model has metrics only.",
      "Add predictions: with the slice column.",
    );
  }
}
