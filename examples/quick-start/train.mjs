// Logistic regression on one-hot features, trained by stochastic gradient descent with per-weight steps
// (AdaGrad: Duchi, Hazan and Singer, 2011). No dependencies; the same bytes on every run.
import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { checkpointKey, restore, save, writeWhole } from "./checkpoint.mjs";
import { inspectionThreshold, label, positive, round, roundWeights, scoreRow, sigmoid, tokensOf } from "./model.mjs";
import { readTable } from "./table.mjs";

const paramsText = readFileSync("params.json", "utf8");
const { features, epochs, learningRate, l2, inspect, seed } = JSON.parse(paramsText);
const checkpoints = process.env.METRICGATE_CHECKPOINT_DIR || "checkpoint";

const rows = readTable("data/train.csv");
const examples = rows.map((row) => ({
  tokens: ["", ...tokensOf(row, features)],
  target: row[label] === positive ? 1 : 0,
}));

/** Random numbers in 0..1 that follow from the seed alone (mulberry32). */
function randomFrom(start) {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The order of one epoch; it depends on the epoch's number only, so that a resumed training follows the same path. */
function orderOf(epoch) {
  const random = randomFrom(seed * 1000003 + epoch);
  const order = examples.map((_, index) => index);
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other], order[at]];
  }
  return order;
}

/** One pass over the rows; changes the weights in place and returns the mean log loss. */
function runEpoch(state, epoch) {
  let loss = 0;
  for (const index of orderOf(epoch)) {
    const { tokens, target } = examples[index];
    const sum = tokens.reduce((total, token) => total + (state.weights[token] ?? 0), 0);
    const chance = sigmoid(sum);
    loss -= Math.log(target === 1 ? chance : 1 - chance);
    for (const token of tokens) {
      const weight = state.weights[token] ?? 0;
      const gradient = chance - target + (token === "" ? 0 : l2 * weight);
      state.squares[token] = (state.squares[token] ?? 1) + gradient * gradient;
      state.weights[token] = weight - (learningRate * gradient) / Math.sqrt(state.squares[token]);
    }
  }
  return loss / examples.length;
}

let stopped;
for (const signal of ["SIGTERM", "SIGINT"])
  process.on(signal, () => {
    stopped ??= signal;
  });

const key = checkpointKey(paramsText, readFileSync("data/train.csv", "utf8"));
const state = restore(checkpoints, key) ?? { key, epoch: 0, weights: {}, squares: {} };
if (state.epoch > 0) console.log(`resumed after epoch ${state.epoch}`);

while (state.epoch < epochs && stopped === undefined) {
  const loss = runEpoch(state, state.epoch + 1);
  state.epoch += 1;
  save(checkpoints, state);
  console.log(`epoch ${state.epoch}/${epochs} log loss ${loss.toFixed(4)}`);
  await setImmediate(); // lets a signal in between two epochs
}

if (stopped !== undefined && state.epoch < epochs) {
  console.log(`${stopped}: saved after epoch ${state.epoch}; run again to go on`);
  process.exitCode = stopped === "SIGTERM" ? 143 : 130;
} else {
  const { "": intercept, ...weights } = roundWeights(state.weights);
  const model = { kind: "logistic-regression", features, rows: rows.length, intercept, threshold: 0, weights };
  model.threshold = round(
    inspectionThreshold(
      rows.map((row) => scoreRow(model, row)),
      inspect,
    ),
  );
  writeWhole("model", "model.json", `${JSON.stringify(model, null, 1)}\n`);
  console.log(`wrote model/model.json: ${features.length} features, ${Object.keys(weights).length} weights`);
}
