import type { Known, KnownFamily } from "../known-metric.ts";
import { parseAtThreshold } from "./at-threshold.ts";
import { type Average, betaOf, parseAverage, parseCalibration, parseThreshold, parseTop } from "./metric-names.ts";

const SHARE = { direction: "up", low: 0, high: 1 } as const;
const BAD_SHARE = { direction: "down", low: 0, high: 1 } as const;
const NEUTRAL_SHARE = { direction: "near", low: 0, high: 1 } as const;
const AGREEMENT = { direction: "up", low: -1, high: 1 } as const;
const LOSS = { direction: "down", low: 0, high: Number.POSITIVE_INFINITY } as const;

type Range = Pick<Known, "direction" | "low" | "high">;

/** An entry; `equals` is a function of scikit-learn. */
function entry(name: string, range: Range, definition: string, equals?: string): [string, Known] {
  return [name, { ...range, definition, ...(equals !== undefined && { equals: `sklearn.metrics.${equals}` }) }];
}

const AVERAGES: Readonly<Record<Average, string>> = {
  macro: "the plain mean over classes; a class without predictions or labels counts 0",
  weighted: "the mean over classes weighted by their true rows",
  micro: "over the counts of all classes together",
  samples: "the mean over rows of each row's own (multilabel); 0/0 counts 0",
};

/** The averages over classes of one metric. */
function averages(name: string, what: string): [string, Known][] {
  return Object.entries(AVERAGES).map(([average, how]) =>
    entry(`${name}_${average}`, SHARE, `${what}: ${how}`, `${name}_score(average="${average}")`),
  );
}

const RATIOS: readonly [string, Known][] = [
  entry(
    "accuracy",
    SHARE,
    "share of rows predicted right; of multilabel rows, with every class right",
    "accuracy_score",
  ),
  entry("error_rate", BAD_SHARE, "1 − accuracy", "zero_one_loss"),
  entry(
    "hamming_loss",
    BAD_SHARE,
    "share of a multilabel table's flags that are wrong; else error_rate",
    "hamming_loss",
  ),
  entry("precision", SHARE, "tp / (tp + fp)", "precision_score"),
  entry("recall", SHARE, "tp / (tp + fn)", "recall_score"),
  entry("specificity", SHARE, "tn / (tn + fp)", "recall_score(pos_label=negative)"),
  entry("npv", SHARE, "tn / (tn + fn)", "precision_score(pos_label=negative)"),
  entry("fpr", BAD_SHARE, "fp / (tn + fp)"),
  entry("fnr", BAD_SHARE, "fn / (tp + fn)"),
  entry("selection_rate", NEUTRAL_SHARE, "share of rows predicted positive"),
  entry("f1", SHARE, "2tp / (2tp + fp + fn)", "f1_score"),
  entry("jaccard", SHARE, "tp / (tp + fp + fn)", "jaccard_score"),
  entry("balanced_accuracy", SHARE, "mean recall of the classes among the labels", "balanced_accuracy_score"),
  ...averages("precision", "precision"),
  ...averages("recall", "recall"),
  ...averages("f1", "F1"),
  ...averages("jaccard", "Jaccard's share"),
  entry("mcc", AGREEMENT, "Matthews' correlation of labels and predictions", "matthews_corrcoef"),
  entry("cohen_kappa", AGREEMENT, "agreement beyond chance (Cohen 1960)", "cohen_kappa_score"),
  entry(
    "cohen_kappa_linear",
    AGREEMENT,
    "the same, where classes are as far apart as their places in order (as numbers when all are numbers)",
    'cohen_kappa_score(weights="linear")',
  ),
  entry(
    "cohen_kappa_quadratic",
    AGREEMENT,
    "the same by the square of that distance",
    'cohen_kappa_score(weights="quadratic")',
  ),
];

const AREAS: readonly [string, Known][] = [
  entry("roc_auc", SHARE, "P(a positive scores higher than a negative) + P(they tie) / 2", "roc_auc_score"),
  entry(
    "roc_auc_ovr",
    SHARE,
    "roc_auc of each class against all others, plain mean",
    'roc_auc_score(multi_class="ovr")',
  ),
  entry(
    "roc_auc_ovr_weighted",
    SHARE,
    "the same, weighted by the classes' rows",
    'roc_auc_score(multi_class="ovr", average="weighted")',
  ),
  entry(
    "roc_auc_ovo",
    SHARE,
    "roc_auc of each class against each other, plain mean (Hand and Till 2001)",
    'roc_auc_score(multi_class="ovo")',
  ),
  entry(
    "roc_auc_ovo_weighted",
    SHARE,
    "the same, weighted by the rows of each pair",
    'roc_auc_score(multi_class="ovo", average="weighted")',
  ),
  ...(["macro", "micro", "weighted"] as const).map((average) =>
    entry(
      `roc_auc_${average}`,
      SHARE,
      `roc_auc of a multilabel table's classes, ${average}`,
      `roc_auc_score(average="${average}")`,
    ),
  ),
  entry("average_precision", SHARE, "Σ (R_k − R_{k−1}) P_k over thresholds", "average_precision_score"),
  entry(
    "average_precision_macro",
    SHARE,
    "average precision of each class against all others, plain mean",
    'average_precision_score(average="macro")',
  ),
  entry(
    "average_precision_weighted",
    SHARE,
    "the same, weighted by the classes' rows",
    'average_precision_score(average="weighted")',
  ),
  entry(
    "average_precision_micro",
    SHARE,
    "average precision over a multilabel table's flags together",
    'average_precision_score(average="micro")',
  ),
];

const PROBABILITIES: readonly [string, Known][] = [
  entry("log_loss", LOSS, "mean of −ln p of the true class, p at least 2.22e-16", "log_loss"),
  entry("brier", BAD_SHARE, "mean of (p − y)²", "brier_score_loss"),
  entry(
    "brier_multiclass",
    { direction: "down", low: 0, high: 2 },
    "mean of Σ (p − y)² over the classes",
    "brier_score_loss(scale_by_half=False)",
  ),
];

const CALIBRATION = {
  ece: "mean gap between confidence and frequency over bins of equal width (15, or bins=); biased up on few rows",
  mce: "largest such gap of a bin",
};

const THRESHOLDED: ReadonlyMap<string, Range> = new Map<string, Range>([
  ["fpr", BAD_SHARE],
  ["fnr", BAD_SHARE],
  ["selection_rate", NEUTRAL_SHARE],
]);

/** What is known of the metrics of a classification. */
export const knownClassification: KnownFamily = {
  byName: new Map<string, Known>([...RATIOS, ...AREAS, ...PROBABILITIES]),
  byParameter(name) {
    const beta = betaOf(name);
    if (beta !== undefined)
      return entry(name, SHARE, "F-beta: (1 + β²)tp / ((1 + β²)tp + β²fn + fp)", `fbeta_score(beta=${beta})`)[1];
    const averaged = parseAverage(name);
    if (averaged !== undefined) {
      const equals = `fbeta_score(beta=${betaOf(averaged.part)}, average="${averaged.average}")`;
      return entry(name, SHARE, `F-beta: ${AVERAGES[averaged.average]}`, equals)[1];
    }
    const calibration = parseCalibration(name);
    if (calibration !== undefined) return { ...BAD_SHARE, definition: CALIBRATION[calibration.kind] };
    const top = parseTop(name);
    if (top !== undefined)
      return entry(
        name,
        SHARE,
        "share of rows whose class is among the k of highest score",
        `top_k_accuracy_score(k=${top})`,
      )[1];
    const fixed = parseThreshold(name);
    if (fixed !== undefined)
      return {
        ...(THRESHOLDED.get(fixed.base) ?? SHARE),
        definition: `${fixed.base} when scores from the threshold up count as positive`,
      };
    const limit = parseAtThreshold(name);
    if (limit === undefined) return undefined;
    const kept = limit.limit === "fpr" ? "at most" : "at least";
    return { ...SHARE, definition: `best ${limit.metric} over the thresholds with ${kept} this ${limit.limit}` };
  },
  examples: [
    "f2",
    "f0.5_macro",
    "top3_accuracy",
    "ece",
    "mce",
    "ece@bins=10",
    "recall@fpr=0.01",
    "recall@precision=0.9",
    "precision@recall=0.8",
    "precision@threshold=0.3",
    "recall@threshold=0.3",
    "f1@threshold=0.3",
    "accuracy@threshold=0.3",
    "fpr@threshold=0.3",
    "selection_rate@threshold=0.3",
  ],
};
