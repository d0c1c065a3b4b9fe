// Scores the held-out strikes: one line per strike for the gate to pair by id, and a few numbers about the model itself.
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { label, predict, readModel, round, scoreRow } from "./model.mjs";
import { readTable } from "./table.mjs";

const model = readModel("model");
const rows = readTable("data/eval.csv");
const slices = ["operator_class", "phase"];

let flagged = 0;
const lines = rows.map((row) => {
  const score = scoreRow(model, row);
  const prediction = predict(model, score);
  if (prediction === "damage") flagged += 1;
  return [row.id, row[label], score.toFixed(6), prediction, ...slices.map((slice) => row[slice])].join(",");
});

const metrics = {
  features: model.features.length,
  training_rows: model.rows,
  model_size_kb: round(statSync("model/model.json").size / 1000),
  inspected_share: round(flagged / rows.length),
};
mkdirSync("out", { recursive: true });
writeFileSync("out/metrics.json", `${JSON.stringify(metrics, null, 2)}\n`);
writeFileSync(
  "out/predictions.csv",
  `${["id", "label", "score", "prediction", ...slices].join(",")}\n${lines.join("\n")}\n`,
);
console.log(`wrote out/predictions.csv: ${rows.length} strikes, ${flagged} to inspect`);
