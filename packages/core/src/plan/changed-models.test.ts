import { expect, test } from "vitest";
import type { Policy } from "../policy/schema.ts";
import { planModels, protectedPaths } from "./changed-models.ts";

const gates = [{ metric: "accuracy" }];
const policy: Policy = {
  version: 1,
  protect: [".github/**", "data/eval*"],
  models: {
    fraud: { gates, paths: ["models/fraud/**", "features/**"] },
    churn: { gates, paths: ["models/churn/**"] },
    all: { gates },
  },
};
const file = ".github/metricgate.yml";
const changed = (paths: string[] | undefined, complete = true) =>
  planModels(policy, file, paths && { paths, complete }).flatMap((one) => (one.changed ? [one.model] : []));

test.each([
  ["a file of one model", ["models/fraud/train.py"], ["fraud", "all"]],
  ["a shared folder", ["features/age.py"], ["fraud", "all"]],
  ["nothing of any model", ["README.md"], ["all"]],
  ["no file at all", [], ["all"]],
  ["the policy", [file], ["fraud", "churn", "all"]],
])("%s", (_, paths, expected) => {
  expect(changed(paths)).toEqual(expected);
});

test("a list that is not whole, or not known, plans every model", () => {
  expect(changed(["README.md"], false)).toEqual(["fraud", "churn", "all"]);
  expect(changed(undefined)).toEqual(["fraud", "churn", "all"]);
});

test("protected files are named, and an unknown rest counts as one", () => {
  expect(protectedPaths(policy, { paths: ["a.py", "data/eval.csv"], complete: true })).toEqual(["data/eval.csv"]);
  expect(protectedPaths(policy, { paths: ["a.py"], complete: true })).toEqual([]);
  expect(protectedPaths(policy, { paths: ["a.py"], complete: false })).toHaveLength(1);
  expect(protectedPaths({}, undefined)).toEqual([]);
});
