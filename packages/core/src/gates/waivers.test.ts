import { expect, test } from "vitest";
import type { GateResult } from "../documents/verdict.ts";
import type { Policy } from "../policy/schema.ts";
import { applyWaivers } from "./waivers.ts";

const failed: GateResult = {
  id: "accuracy/no-regression",
  gate: "accuracy",
  metric: "accuracy",
  rule: "no-regression",
  outcome: "fail",
  verdict: "fail",
  severity: "error",
  reasons: [],
};
const policy: Policy = {
  version: 1,
  models: { m: { gates: [{ metric: "accuracy" }] } },
  waivers: [{ gate: "accuracy", reason: "known", by: "asha", until: "2026-11-20" }],
};

test.each([
  ["on its last day", "2026-11-20T23:59:59Z", "warn", undefined],
  ["in another zone, still its last day in UTC", "2026-11-21T01:00:00+02:00", "warn", undefined],
  ["the day after", "2026-11-21T00:00:00Z", "fail", "waiver-expired"],
  ["when the date is not known", undefined, "fail", "ages-not-checked"],
  ["when the date is none", "yesterday", "fail", "ages-not-checked"],
])("a waiver %s", (_, committedAt, verdict, note) => {
  const { results, notes } = applyWaivers([failed], policy, "m", committedAt);
  expect(results.map((result) => [result.outcome, result.verdict])).toEqual([["fail", verdict]]);
  expect(notes.map(({ code }) => code)).toEqual(note === undefined ? [] : [note]);
});
