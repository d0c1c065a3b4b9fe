/** Why a metric has no value, and what to do about it. */
export interface UndefinedReason {
  text: string;
  next: string;
}

const CHECK_FILE = "Check the step that wrote the predictions.";
const MORE_ROWS = "Use an eval set with more rows, or do not gate this metric or slice.";
const OTHER_METRIC = "Compute a metric that the rows allow; docs/metrics.md lists them.";

/** The columns that a metric can ask for. */
const COLUMNS = ["label", "prediction", "score", "weight", "query", "series", "lower", "upper", "scale", "value"];

/** Every reason code of a metric without a value that is about the rows; those about a column are added below. */
const OF_ROWS: Readonly<Record<string, UndefinedReason>> = {
  "metric-unknown": {
    text: "No metric of this name can be computed from rows of this task.",
    next: "Correct the name; docs/metrics.md lists them.",
  },
  "metric-missing": { text: "There is no such metric.", next: CHECK_FILE },
  "not-finite": {
    text: "The value, or what a row adds to it, is not a finite number.",
    next: "Check the table for extreme numbers.",
  },
  "no-rows": { text: "There are no rows.", next: MORE_ROWS },
  "too-few-rows": {
    text: "There are too few rows: a value needs two, and a change of counts or of ranks six (at a confidence of 95 %).",
    next: MORE_ROWS,
  },
  "too-few-of-a-class": {
    text: "A class has fewer than two rows, so how much the value varies is not known.",
    next: MORE_ROWS,
  },
  "too-few-resamples": {
    text: "In too many of the samples drawn from the rows it has no value, so how much it varies is not known.",
    next: MORE_ROWS,
  },
  "too-few-groups": {
    text: "There are too few independent groups: a value needs two, and a change of counts or of ranks six (at a confidence of 95 %).",
    next: MORE_ROWS,
  },
  "too-few-runs": {
    text: "There are too few earlier runs to know what is usual.",
    next: "Nothing to do: the gate judges once there are enough.",
  },
  "negative-weight": { text: "A row has a negative weight.", next: CHECK_FILE },
  "zero-weight": { text: "All rows have the weight 0.", next: CHECK_FILE },
  unpaired: { text: "The rows of the two sides are not the same.", next: "Measure both sides on the same rows." },
  "relative-undefined": {
    text: "The baseline is 0 or below, so that there is no relative change.",
    next: "Give the margin in the metric's own unit.",
  },
  "ratio-undefined": {
    text: "The value of a group is 0 or below, so that a ratio to it has no meaning.",
    next: "Ask for `difference-max` instead, or find out why the value is 0.",
  },
  "one-class": { text: "All labels are of one class.", next: MORE_ROWS },
  "one-predicted-class": { text: "All predictions are of one class.", next: OTHER_METRIC },
  "absent-class": {
    text: "A class that has scores is no row's label.",
    next: "Use an eval set with rows of each class, or the weighted average.",
  },
  "no-positives": { text: "No row is of the positive class.", next: MORE_ROWS },
  "no-negatives": { text: "Every row is of the positive class.", next: MORE_ROWS },
  "no-predicted-positives": {
    text: "No row was predicted positive.",
    next: "Check the threshold of the predictions, or gate recall instead.",
  },
  "no-predicted-negatives": {
    text: "Every row was predicted positive.",
    next: "Check the threshold of the predictions.",
  },
  "no-positive-class": {
    text: "It is not known which class is the positive one.",
    next: "Name it with positive=…, or use an average over classes such as f1_macro.",
  },
  "no-threshold": { text: "No threshold keeps the limit.", next: "Ask for a wider limit." },
  "score-not-probability": {
    text: "A score is below 0 or above 1, or the scores of a row do not add up to 1.",
    next: "Write probabilities, or use a metric of ranks such as roc_auc.",
  },
  "score-not-finite": { text: "A score is not a finite number.", next: CHECK_FILE },
  "k-not-below-classes": {
    text: "There are no more classes than k, so that every row would count.",
    next: "Ask for a smaller k.",
  },
  "not-multilabel": {
    text: "The metric is of rows with any number of classes, and these have one each.",
    next: OTHER_METRIC,
  },
  "not-of-multilabel": {
    text: "The rows have any number of classes, and the metric is of one class each.",
    next: "Ask for an average, such as f1_macro.",
  },
  "flag-not-binary": { text: "A column of a class has a value other than 0 and 1.", next: CHECK_FILE },
  "constant-label": { text: "All labels are the same number.", next: MORE_ROWS },
  "zero-labels": { text: "The labels add up to 0.", next: OTHER_METRIC },
  "negative-label": { text: "A label is negative.", next: OTHER_METRIC },
  "label-not-positive": { text: "A label is not above 0.", next: OTHER_METRIC },
  "prediction-not-positive": { text: "A prediction is not above 0.", next: OTHER_METRIC },
  "negative-relevance": { text: "A relevance is negative.", next: CHECK_FILE },
  "weights-differ-in-query": {
    text: "The rows of a query have different weights.",
    next: "Give each query one weight.",
  },
  "scale-differs-in-series": {
    text: "The rows of a series have different scales.",
    next: "Give each series one scale.",
  },
  "scale-not-positive": { text: "The scale of a series is not above 0.", next: CHECK_FILE },
  "lower-above-upper": { text: "A lower bound is above its upper bound.", next: CHECK_FILE },
  "fewer-samples-than-k": {
    text: "A row has fewer samples than k.",
    next: "Draw more samples, or ask for a smaller k.",
  },
  "not-a-count": { text: "A number of samples is not a whole number from 0 up.", next: CHECK_FILE },
  "no-value-column": { text: "The table has no such column of values.", next: "Name the column in the predictions." },
  "value-missing": { text: "A cell of the column of values is empty.", next: CHECK_FILE },
  "value-out-of-range": { text: "A value is outside what the metric allows.", next: CHECK_FILE },
};

/** The reasons about a column: absent, of the wrong kind, or with an empty cell. */
function ofColumn(column: string): [string, UndefinedReason][] {
  const name = `Name it with ${column}=…, or write the column ${column}.`;
  return [
    [`no-${column}`, { text: `The rows have no column ${column}.`, next: name }],
    [`${column}-not-numeric`, { text: `The column ${column} does not hold numbers.`, next: CHECK_FILE }],
    [`${column}-not-categorical`, { text: `The column ${column} does not hold classes.`, next: CHECK_FILE }],
    [`${column}-missing`, { text: `A cell of the column ${column} is empty.`, next: CHECK_FILE }],
  ];
}

/** Every reason code that a metric computed from rows can have instead of a value, with one sentence and one next step. */
export const undefinedReasons: ReadonlyMap<string, UndefinedReason> = new Map([
  ...COLUMNS.flatMap(ofColumn),
  ...Object.entries(OF_ROWS),
]);
