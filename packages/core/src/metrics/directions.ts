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
  ...named(
    "up",
    "regression, scikit-learn",
    "r2 r_squared explained_variance pearson pearsonr spearman spearmanr kendall",
  ),
  ...named("down", "regression, scikit-learn", "rmse mse mae medae mape smape rmsle msle deviance pinball"),
  ...named("down", "forecasting, M competitions", "mase rmsse wape wmape crps"),
  ...named("up", "ranking, TREC", "map ndcg mrr hit_rate"),
  ...named("up", "detection and segmentation, COCO", "iou miou dice"),
  ...named("up", "clustering, scikit-learn", "silhouette completeness homogeneity v_measure"),
  ...named("down", "clustering, scikit-learn", "davies_bouldin"),
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
  ...named("up", "survival analysis", "c_index concordance"),
  ...named("up", "serving", "throughput"),
  ...named(
    "down",
    "serving",
    "latency duration response_time failure_rate failures cost size memory p50 p75 p90 p95 p99 p999",
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

/** The direction of one part, `conflict`, or undefined when no word of it is known. */
function directionOfPart(part: readonly string[]): Way | "conflict" | undefined {
  let found: Way | undefined;
  for (let at = 0; at < part.length; ) {
    const word = part[at] ?? "";
    const longest = !openings.has(word)
      ? undefined
      : [3, 2].find((length) => directions.has(part.slice(at, at + length).join("_")));
    const here =
      longest === undefined
        ? (directions.get(word) ?? directions.get(withoutNumber(word)))
        : directions.get(part.slice(at, at + longest).join("_"));
    if (here === undefined && about.has(word)) return "conflict";
    if (found !== undefined && here !== undefined && found !== here) return "conflict";
    found ??= here;
    at += longest ?? 1;
  }
  return found;
}

/**
 * Which way is good, from a metric's well-known name: case-folded, by the words of its last path part (after `/` or `.`; the part before,
 * when the last says only where it was measured, as in `loss/eval`). Conflicting or unknown words give undefined: such a metric is not gated by its name.
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
