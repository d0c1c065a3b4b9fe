/** Where a model's documents lie in the workspace: the only thing that actions pass to each other. */
export function chainFolder(model: string): string {
  return `.metricgate/${model}`;
}

/** The names of the documents in that folder, or in one given by `from`. */
export const chainFiles = {
  training: "training.json",
  manifest: "manifest.json",
  evaluation: "evaluation.json",
  rows: "rows.csv",
  baseline: "baseline.json",
  baselineRows: "baseline-rows.csv",
  remeasured: "baseline-remeasured.json",
  remeasuredRows: "baseline-remeasured-rows.csv",
  anchor: "anchor.json",
  anchorRows: "anchor-rows.csv",
  policy: "policy.yml",
  selection: "selection.json",
  verdict: "verdict.json",
  report: "report.html",
  deployment: "deployment.json",
} as const;

/** The earlier attempts' evaluations in the chain folder. */
export const earlierFile = (attempt: number) => `earlier-${attempt}.json`;

/** The rows of an earlier attempt. */
export const earlierRows = (attempt: number) => `earlier-${attempt}-rows.csv`;
