import { expect, test } from "vitest";
import { plainSentence } from "../../packages/report/src/content/plain-sentence.ts";
import { modelSentence } from "../../packages/report/src/content/sentence.ts";
import { evaluationOf, gate, verdictOf, viewOf } from "./made.ts";

test("an open result that the policy lets pass is said to be open, not that nothing got worse", () => {
  const open = gate({
    metric: "f1",
    outcome: "inconclusive",
    verdict: "pass",
    baseline: 0.9,
    candidate: 0.7,
    change: -0.2,
    scale: "absolute",
    margin: 0.01,
  });
  const model = { model: "m", verdict: verdictOf("m", [open]), candidate: evaluationOf("m") };
  const said = plainSentence(modelSentence(model, viewOf([model])));
  expect(said).toContain("1 result is inconclusive, which the policy lets pass");
  expect(said).not.toMatch(/got worse/);
});
