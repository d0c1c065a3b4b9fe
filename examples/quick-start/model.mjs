// What training, evaluation and serving share: how a row becomes tokens, and tokens a probability.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const label = "damage";
export const positive = "damage";
export const negative = "none";

/** Six decimals: enough for a weight or a probability, and the same text everywhere. */
export const round = (value) => Number(value.toFixed(6));

/** Indicated air speed in knots as one of nine bands; an empty cell is a band of its own. */
function speedBand(text) {
  if (text === "") return "unknown";
  const limits = [100, 120, 130, 140, 150, 180, 220];
  const at = limits.findIndex((limit) => Number(text) < limit);
  return at < 0 ? `${limits[limits.length - 1]}+` : `<${limits[at]}`;
}

/** One token per feature, such as `phase=Climb`. A feature that the row lacks is an error. */
export function tokensOf(row, features) {
  return features.map((feature) => {
    const value = row[feature];
    if (typeof value !== "string") throw new Error(`the row has no ${feature}`);
    return `${feature}=${feature === "speed" ? speedBand(value) : value}`;
  });
}

/** The probability in 0..1 of a sum of weights. */
export const sigmoid = (sum) => 1 / (1 + Math.exp(-sum));

/** The probability of damage, 0..1, to six decimals; a token that training never saw counts nothing. */
export function scoreRow(model, row) {
  const sum = tokensOf(row, model.features).reduce(
    (total, token) => total + (model.weights[token] ?? 0),
    model.intercept,
  );
  return round(sigmoid(sum));
}

/** `damage` when the strike is among those worth an inspection, else `none`. */
export const predict = (model, score) => (score >= model.threshold ? positive : negative);

/** Reads `model.json` of a model folder. */
export const readModel = (folder) => JSON.parse(readFileSync(join(folder, "model.json"), "utf8"));

/** The smallest score among the `share` highest: whoever scores at least this is inspected. */
export function inspectionThreshold(scores, share) {
  const sorted = [...scores].sort((a, b) => b - a);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

/** Weights to six decimals, sorted by token. */
export const roundWeights = (weights) =>
  Object.fromEntries(
    Object.keys(weights)
      .sort()
      .map((token) => [token, round(weights[token])]),
  );
