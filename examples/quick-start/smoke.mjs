// The last look before a model serves: loads it from its folder, scores three strikes and exits 1 when an answer makes no sense.
// Usage: node smoke.mjs [model folder]; the folder is also taken from METRICGATE_MODEL_DIR.
import { predict, readModel, scoreRow } from "./model.mjs";

const folder = process.argv[2] ?? process.env.METRICGATE_MODEL_DIR ?? "model";
const goose = {
  phase: "Climb",
  wildlife_size: "Large",
  wildlife_species: "Canada goose",
  time_of_day: "Day",
  speed: "160",
  operator: "BUSINESS",
  operator_class: "business",
};
const swallow = {
  phase: "Landing Roll",
  wildlife_size: "Small",
  wildlife_species: "Swallows",
  time_of_day: "Day",
  speed: "90",
  operator: "MILITARY",
  operator_class: "military",
};
const unseen = { ...goose, wildlife_species: "Never seen before", operator: "NEVER SEEN BEFORE", speed: "" };

const problems = [];
try {
  const model = readModel(folder);
  const scores = [goose, swallow, unseen].map((row) => scoreRow(model, row));
  for (const score of scores)
    if (!(score > 0 && score < 1)) problems.push(`a probability of ${score} is not between 0 and 1`);
  if (!(model.threshold > 0 && model.threshold < 1))
    problems.push(`the threshold ${model.threshold} is not between 0 and 1`);
  if (!(scores[0] > scores[1]))
    problems.push("a large goose in the climb scores no higher than a small bird on landing");
  if (predict(model, scores[0]) !== "damage") problems.push("a large goose in the climb is not worth an inspection");
  console.log(`scores ${scores.join(", ")}; inspected from ${model.threshold}`);
} catch (error) {
  problems.push(`the model in ${folder} cannot be used: ${error.message}`);
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
