/** A well-known name of a metric, as words between `_`, which way is good, and whose name it is. */
export interface NamedDirection {
  name: string;
  direction: "up" | "down";
  source: string;
}

type Way = NamedDirection["direction"];

/** All names whose direction is known. The longest name that stands in a metric's name counts: `explained_variance` before `variance`. */
export const directionTable: readonly NamedDirection[] = [
  ...named(
    "up",
    "classification, scikit-learn",
    "accuracy acc f1 f2 fbeta auc auroc auprc prauc rocauc ap precision recall sensitivity specificity tpr tnr npv ppv mcc kappa jaccard gini",
  ),
  ...named("down", "classification, scikit-learn", "loss logloss nll hinge ece brier fpr fnr fdr error err error_rate"),
  ...named("up", "classification, scikit-learn", "brier_skill_score jaccard_index"),
  ...named(
    "up",
    "regression, scikit-learn",
    "r2 r_squared explained_variance pearson pearsonr spearman spearmanr spearman_rank kendall kendall_rank",
  ),
  ...named(
    "up",
    "scorers whose sign is turned, scikit-learn",
    "neg_log_loss neg_brier_score neg_max_error neg_mean_absolute_error neg_mean_absolute_percentage_error neg_mean_gamma_deviance neg_mean_poisson_deviance neg_mean_squared_error neg_mean_squared_log_error neg_median_absolute_error neg_root_mean_squared_error neg_root_mean_squared_log_error",
  ),
  ...named("down", "regression, scikit-learn", "rmse mse mae medae mape smape rmsle msle deviance pinball"),
  ...named("down", "forecasting, M competitions", "mase rmsse wape wmape crps"),
  ...named("up", "ranking, TREC", "map ndcg mrr hit_rate"),
  ...named("up", "detection and segmentation, COCO", "iou miou dice dice_index"),
  ...named("up", "clustering, scikit-learn", "silhouette silhouette_index completeness homogeneity v_measure"),
  ...named("down", "clustering, scikit-learn", "davies_bouldin davies_bouldin_index"),
  ...named(
    "up",
    "text, Hugging Face evaluate",
    "bleu chrf rouge rougel rougelsum meteor bertscore bleurt comet sari exact_match",
  ),
  ...named(
    "down",
    "text and speech, Hugging Face evaluate",
    "wer cer ter perplexity ppl bits_per_byte edit_distance eer",
  ),
  ...named(
    "up",
    "language models, lm-evaluation-harness and promptfoo",
    "pass passed pass_rate success_rate win_rate faithfulness groundedness",
  ),
  ...named("down", "language models, lm-evaluation-harness and promptfoo", "hallucination_rate toxicity errors"),
  ...named("up", "images", "psnr ssim inception_score"),
  ...named("down", "images", "fid kid lpips kl"),
  ...named("up", "survival analysis", "c_index concordance concordance_index"),
  ...named("up", "serving", "throughput"),
  ...named(
    "down",
    "serving",
    "latency duration response_time failure_rate failures cost size memory p50 p75 p90 p95 p99 p999",
  ),
];

/** What a word makes of the known name beside it: a direction that nobody can tell, always, or only where it stands `after` the name. */
type Doubt = "always" | "after" | "down" | "after-down";

/** Words by which a known name loses its direction; `down` and `after-down` only where low would have been good. */
const doubts: ReadonlyMap<string, Doubt> = new Map([
  // A measure about the metric: its spread, its bound, its aim, its change.
  ...doubtful(
    "always",
    "stderr std stddev stdev stdv var variance iqr range spread uncertainty instability pval pvals pvalue pvalues tstat zscore ci low high lower upper count n num support threshold cutoff limit budget quota sla slo allowance baseline chance weight scale matrix impurity target gap diff difference delta change gain improvement increase decrease decline drop lift slope trend ratio batch sample samples dataset vocab window step steps epoch best",
  ),
  ...doubtful("after", "se sem cv mad id index rank distance margin bits bar bars of regression"),
  // The metric turned round, or how much of it is missing, wasted or left.
  ...doubtful(
    "always",
    "neg negative negated minus inverse inverted inv reciprocal non no not without free reduction reductions saving savings saved headroom slack skill decay degradation disparity deficit shortfall missed missing lost",
  ),
  // What is bad may be good to find or to prevent; `dice_coef` is a metric, `loss_coef` a setting.
  ...doubtful("down", "avoided prevented detected found caught corrected fixed resolved recovered between"),
  ...doubtful("after-down", "detection recovery coef coefficient beta lambda"),
]);

/** Words that may stand beside `size`; the size of anything else, such as a test set, is neither good nor bad. */
const sized = new Set(
  "size model file binary bundle package artifact weights checkpoint onnx compressed uncompressed quantized disk download on total memory bytes byte b kb mb gb kib mib gib".split(
    " ",
  ),
);

/** Words that say where or how something was measured; a last path part made of them alone leaves the name to the part before. */
const context = new Set(
  "eval evaluation test val valid validation dev all overall total macro micro weighted avg average mean median none value score ms s sec secs seconds us ns usd".split(
    " ",
  ),
);

/** Words that say that a metric is of the training data, at the start or the end of a part. */
const training = new Set(["train", "training", "trn"]);

/** Last words of a name that make it one of the run. */
const ofRun = new Set(
  "runtime flos epoch epochs step steps iteration iterations samples timestamp wall_time passed_time remaining_time learning_rate lr grad_norm momentum weight_decay seed".split(
    " ",
  ),
);

const directions = new Map(directionTable.map((entry) => [entry.name, entry.direction]));

/** First words of the names of several words. */
const openings = new Set(
  directionTable.filter(({ name }) => name.includes("_")).map(({ name }) => name.split("_", 1)[0]),
);

/** Words of the longest name. */
const longestName = Math.max(...directionTable.map(({ name }) => name.split("_").length));

function doubtful(doubt: Doubt, list: string): [string, Doubt][] {
  return list.split(" ").map((word) => [word, doubt]);
}

function named(direction: "up" | "down", source: string, list: string): NamedDirection[] {
  return list.split(" ").map((name) => ({ name, direction, source }));
}

/** The parts of a name, lower case, each as its words; parameters after `@` belong to no part. */
function partsOf(name: string): string[][] {
  const text = name.toLowerCase();
  const [at, slash, dot] = [0x40, 0x2f, 0x2e];
  let part: string[] = [];
  const parts = [part];
  let start = 0;
  for (let end = 0; end <= text.length; end++) {
    const code = text.charCodeAt(end);
    if ((code >= 0x61 && code <= 0x7a) || isDigit(code)) continue;
    if (end > start) part.push(text.slice(start, end));
    start = end + 1;
    if (code === at) break;
    if (code === slash || code === dot) {
      part = [];
      parts.push(part);
    }
  }
  return parts;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isNumber(word: string): boolean {
  for (let at = 0; at < word.length; at++) if (!isDigit(word.charCodeAt(at))) return false;
  return word.length > 0;
}

/** A word of at least two characters without the digits at its end: `bleu` of `bleu4`. */
function withoutNumber(word: string): string {
  let end = word.length;
  while (end > 2 && isDigit(word.charCodeAt(end - 1))) end--;
  return word.slice(0, end);
}

/** The direction of one part, `conflict` where it is in doubt, or undefined when no word of it is known. */
function directionOfPart(part: readonly string[]): Way | "conflict" | undefined {
  let found: Way | undefined;
  let turned = false;
  // `1-auc`; a class 1 has a part of its own, as in `1.precision`.
  let doubted = part[0] === "1" && part.length > 1;
  for (let at = 0; at < part.length; ) {
    const word = part[at] ?? "";
    const longest = openings.has(word) ? longestAt(part, at) : undefined;
    const here =
      longest === undefined
        ? (directions.get(word) ?? directions.get(withoutNumber(word)))
        : directions.get(part.slice(at, at + longest).join("_"));
    if (here === undefined) {
      const doubt = doubts.get(word);
      const after = found !== undefined;
      if (doubt === "always" || isPValue(part, at, after)) doubted = true;
      else if (doubt === "after") doubted ||= after;
      else if (doubt === "down" || (doubt === "after-down" && after)) turned = true;
    } else if (found !== undefined && found !== here) return "conflict";
    else if (isSizeOfOther(part, at) || isStandardError(part, at)) return "conflict";
    found ??= here;
    at += longest ?? 1;
  }
  return doubted || (turned && found === "down") ? "conflict" : found;
}

/** The number of words of the longest known name of several words that begins there. */
function longestAt(part: readonly string[], at: number): number | undefined {
  for (let length = Math.min(longestName, part.length - at); length > 1; length--)
    if (directions.has(part.slice(at, at + length).join("_"))) return length;
  return undefined;
}

/** `p_value`, and `p` after a known name unless a percentile follows. */
function isPValue(part: readonly string[], at: number, after: boolean): boolean {
  if (part[at] !== "p") return false;
  const next = part[at + 1];
  return next === "value" || next === "values" || (after && (next === undefined || !isNumber(next)));
}

function isSizeOfOther(part: readonly string[], at: number): boolean {
  return part[at] === "size" && !part.every((word) => sized.has(word) || isNumber(word));
}

function isStandardError(part: readonly string[], at: number): boolean {
  return part[at - 1] === "standard" && /^err(?:ors?)?$/.test(part[at] ?? "");
}

/**
 * Which way is good, from a metric's well-known name: case-folded, by the words of its last path part (after `/` or `.`; the part before,
 * when the last says only where it was measured, as in `loss/eval`). Conflicting, doubtful or unknown words give undefined:
 * such a metric is shown and not gated by its name.
 */
export function directionOf(name: string): Way | undefined {
  return isBest(name) ? undefined : directionOfParts(partsOf(name));
}

/** `directionOf` of a metric of the model; undefined for one of the run (`isBookkeeping`). */
export function usualDirection(name: string): Way | undefined {
  const parts = partsOf(name);
  return isBest(name) || isOfRun(name, parts) ? undefined : directionOfParts(parts);
}

function isBest(name: string): boolean {
  return (name.startsWith("b") || name.startsWith("B")) && /^best\(/i.test(name);
}

function directionOfParts(parts: readonly (readonly string[])[]): Way | undefined {
  for (let at = parts.length - 1; at >= 0; at--) {
    const part = parts[at] ?? [];
    const found = directionOfPart(part);
    if (found === "conflict") return undefined;
    if (found !== undefined) return found;
    if (!part.every((word) => context.has(word) || isNumber(word))) return undefined;
  }
  return undefined;
}

/**
 * Whether a name is of the run and not of the model: run times, rates, counters, learning rates, and metrics of the training data
 * (`train_loss`, `training_loss`, `train/loss`, `loss/train`, CatBoost's `learn.Logloss`). Such a metric is judged only by a gate that names it.
 */
export function isBookkeeping(name: string): boolean {
  return isOfRun(name, partsOf(name));
}

function isOfRun(name: string, parts: readonly (readonly string[])[]): boolean {
  if (name.includes("::")) return false;
  const first = parts[0] ?? [];
  const last = parts[parts.length - 1] ?? [];
  const start = last[0] ?? "";
  const end = last[last.length - 1] ?? "";
  const beforeEnd = last[last.length - 2];
  if (training.has(first[0] ?? "") || training.has(start) || training.has(end)) return true;
  if (parts.length > 1 && first.length === 1 && (first[0] === "learn" || first[0] === "lr")) return true;
  if (ofRun.has(end) || (start === "lr" && last.length > 1)) return true;
  if (beforeEnd === undefined) return false;
  return ofRun.has(`${beforeEnd}_${end}`) || (last.length > 2 && beforeEnd === "per" && /^sec(ond)?$/.test(end));
}
