import type { Known, KnownFamily } from "../known-metric.ts";
import { parseAtThreshold } from "./at-threshold.ts";
import { betaOf, parseAverage } from "./metric-names.ts";

const sklearn = (name: string) => `sklearn.metrics.${name}`;
const share = { direction: "up", low: 0, high: 1 } as const;
const badShare = { direction: "down", low: 0, high: 1 } as const;
const agreement = { direction: "up", low: -1, high: 1 } as const;

const AVERAGES = {
  macro: "plain mean over the classes",
  weighted: "mean over the classes weighted by their true rows",
  micro: "over the pooled counts of all classes",
};

/** The averages over classes of one metric. */
function averages(name: string, what: string): [string, Known][] {
  return Object.entries(AVERAGES).map(([average, how]) => [
    `${name}_${average}`,
    { ...share, definition: `${what}, ${how}`, equals: sklearn(`${name}_score(average="${average}")`) },
  ]);
}

function fBetaKnown(name: string): Known | undefined {
  if (betaOf(name) !== undefined)
    return { ...share, definition: "(1 + β²)tp / ((1 + β²)tp + β²fn + fp)", equals: sklearn("fbeta_score") };
  const averaged = parseAverage(name);
  if (averaged === undefined || betaOf(averaged.part) === undefined || averaged.average === "samples") return undefined;
  const how = AVERAGES[averaged.average];
  return { ...share, definition: `F-beta, ${how}`, equals: sklearn(`fbeta_score(average="${averaged.average}")`) };
}

/** What is known of the metrics of a classification. */
export const knownClassification: KnownFamily = {
  byName: new Map<string, Known>([
    ["accuracy", { ...share, definition: "share of rows predicted right", equals: sklearn("accuracy_score") }],
    ["error_rate", { ...badShare, definition: "share of rows predicted wrong", equals: sklearn("zero_one_loss") }],
    ["precision", { ...share, definition: "tp / (tp + fp)", equals: sklearn("precision_score") }],
    ["recall", { ...share, definition: "tp / (tp + fn)", equals: sklearn("recall_score") }],
    ["specificity", { ...share, definition: "tn / (tn + fp)" }],
    ["npv", { ...share, definition: "tn / (tn + fn)" }],
    ["fpr", { ...badShare, definition: "fp / (tn + fp)" }],
    ["fnr", { ...badShare, definition: "fn / (tp + fn)" }],
    ["selection_rate", { direction: "near", low: 0, high: 1, definition: "share of rows predicted positive" }],
    ["f1", { ...share, definition: "2tp / (2tp + fp + fn)", equals: sklearn("f1_score") }],
    ["jaccard", { ...share, definition: "tp / (tp + fp + fn)", equals: sklearn("jaccard_score") }],
    [
      "balanced_accuracy",
      {
        ...share,
        definition: "mean recall of the classes among the labels",
        equals: sklearn("balanced_accuracy_score"),
      },
    ],
    ...averages("precision", "precision"),
    ...averages("recall", "recall"),
    ...averages("f1", "F1"),
    ...averages("jaccard", "Jaccard's share"),
    [
      "mcc",
      { ...agreement, definition: "correlation of labels and predictions", equals: sklearn("matthews_corrcoef") },
    ],
    ["cohen_kappa", { ...agreement, definition: "agreement beyond chance", equals: sklearn("cohen_kappa_score") }],
    [
      "cohen_kappa_linear",
      {
        ...agreement,
        definition: "agreement beyond chance, classes counting as far apart as their places in order",
        equals: sklearn('cohen_kappa_score(weights="linear")'),
      },
    ],
    [
      "cohen_kappa_quadratic",
      {
        ...agreement,
        definition: "agreement beyond chance, by the squared distance of the classes' places in order",
        equals: sklearn('cohen_kappa_score(weights="quadratic")'),
      },
    ],
    ["roc_auc", { ...share, definition: "P(positive scores higher) + P(tie) / 2", equals: sklearn("roc_auc_score") }],
    [
      "average_precision",
      { ...share, definition: "Σ (R_k − R_{k−1}) P_k over thresholds", equals: sklearn("average_precision_score") },
    ],
    [
      "log_loss",
      {
        direction: "down",
        low: 0,
        high: Number.POSITIVE_INFINITY,
        definition: "mean of −ln p of the true class",
        equals: sklearn("log_loss"),
      },
    ],
    ["brier", { ...badShare, definition: "mean of (p − y)²", equals: sklearn("brier_score_loss") }],
  ]),
  byParameter(name) {
    if (parseAtThreshold(name) === undefined) return fBetaKnown(name);
    return { ...share, definition: "best value over the thresholds that keep the limit" };
  },
  examples: ["f0.5", "f2_macro", "recall@fpr=0.01", "recall@precision=0.9", "precision@recall=0.8"],
};
