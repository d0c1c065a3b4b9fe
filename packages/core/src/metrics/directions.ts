/** Names of metrics, as words between `_` in the last part of a path, and which way is good. */
export const directionTable: readonly { name: string; direction: "up" | "down" }[] = [
  ...words(
    "up",
    "accuracy acc f1 f2 fbeta auc auroc auprc prauc rocauc ap map precision recall sensitivity specificity tpr tnr bleu chrf rouge rougel meteor r2 iou miou dice jaccard ndcg mrr mcc kappa pass_rate success_rate hit_rate win_rate exact_match",
  ),
  ...words(
    "down",
    "loss logloss nll error err rmse mse mae mape smape rmsle latency duration ece brier wer cer ter perplexity ppl fid kl cost size fpr fnr p50 p75 p90 p95 p99 p999",
  ),
];

/** Words that make of a metric a measure about it, of which nobody can say which way is good. */
const about = new Set(
  "stderr std stddev stdev var variance ci low high lower upper count n num support threshold cutoff weight scale target gap diff difference delta change gain improvement drop ratio batch sample samples dataset vocab window step steps epoch best".split(
    " ",
  ),
);

/** Words that say where or how something was measured; a last path part made of them alone leaves the name to the part before. */
const context = new Set(
  "eval evaluation test val valid validation dev all overall total macro micro weighted avg average mean median none value score ms s sec secs seconds us ns usd".split(
    " ",
  ),
);

const directions = new Map(directionTable.map((entry) => [entry.name, entry.direction]));

function words(direction: "up" | "down", list: string): { name: string; direction: "up" | "down" }[] {
  return list.split(" ").map((name) => ({ name, direction }));
}

/** The parts of a name, lower case, each as its words; parameters after `@` belong to no part. */
function partsOf(name: string): string[][] {
  const [bare = ""] = name.toLowerCase().split("@");
  return bare.split(/[/.]/).map((part) => part.split(/[^a-z0-9]+/).filter((word) => word !== ""));
}

/** The direction of one part, `conflict`, or undefined when no word of it is known. */
function directionOfPart(part: readonly string[]): "up" | "down" | "conflict" | undefined {
  let found: "up" | "down" | undefined;
  for (const [index, word] of part.entries()) {
    if (about.has(word)) return "conflict";
    const here =
      directions.get(`${word}_${part[index + 1] ?? ""}`) ??
      directions.get(word) ??
      directions.get(word.replace(/(?<=..)\d+$/, ""));
    if (here === undefined) continue;
    if (found !== undefined && found !== here) return "conflict";
    found = here;
  }
  return found;
}

/**
 * Which way is good, from a metric's well-known name: case-folded, by the words of its last path part (after `/` or `.`; the part before,
 * when the last says only where it was measured, as in `loss/eval`). Conflicting or unknown words give undefined: such a metric is not gated by its name.
 */
export function directionOf(name: string): "up" | "down" | undefined {
  for (const part of partsOf(name).reverse()) {
    const found = directionOfPart(part);
    if (found === "conflict") return undefined;
    if (found !== undefined) return found;
    if (!part.every((word) => context.has(word) || /^\d+$/.test(word))) return undefined;
  }
  return undefined;
}

/** Whether a name is of the run and not of the model: run times, rates, counters, and metrics of the training data (`train_loss`, `train/loss`). */
export function isBookkeeping(name: string): boolean {
  const parts = partsOf(name);
  const last = parts.at(-1) ?? [];
  const joined = last.join("_");
  if (parts[0]?.[0] === "train" || last[0] === "train") return true;
  if (/(^|_)(runtime|flos|epoch|epochs|step|steps|samples|timestamp|wall_time|learning_rate|lr)$/.test(joined))
    return true;
  return /_per_second$/.test(joined);
}
