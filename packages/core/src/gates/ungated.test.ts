import { expect, test } from "vitest";
import type { Metric } from "../documents/evaluation.ts";
import { decided, sideOf } from "./rules/decision.fixture.ts";

const metric = (name: string, value = 0.9): Metric => ({ name, value, stderr: 0.001, n: 1000, direction: "up" });

test("a metric that was judged under an earlier name is not listed as not judged; one that was not read still is", () => {
  const model = { gates: [{ metric: "accuracy", "max-drop": 0.01, was: ["acc"] }] };
  const ungated = (mine: string[], theirs: string[]) =>
    decided({
      candidate: sideOf(
        mine.map((name) => metric(name)),
        1,
      ),
      baseline: sideOf(
        theirs.map((name) => metric(name)),
        2,
      ),
      model,
    }).ungated.map((one) => one.metric);
  expect(ungated(["acc"], ["acc"])).toEqual([]);
  expect(ungated(["accuracy"], ["acc"])).toEqual([]);
  expect(ungated(["acc"], ["accuracy"])).toEqual([]);
  expect(ungated(["accuracy", "acc"], ["accuracy", "acc"])).toEqual(["acc"]);
  expect(ungated(["acc", "f1"], ["acc"])).toEqual(["f1"]);
});
