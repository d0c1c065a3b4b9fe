import type { ModelReport, ReportView } from "@metricgate/report/view";
import { expect, test } from "vitest";
import { madeVerdict } from "../testing/made-verdict.ts";
import { statusOf } from "./status-of.ts";

const head = "a".repeat(40);
const judged = (model: string, verdict: "pass" | "warn" | "fail" | undefined): ModelReport => ({
  model,
  verdict: madeVerdict({ model, ...(verdict === undefined ? {} : { verdict }) }),
});
const crashed: ModelReport = { model: "c", crashed: { step: "evaluate", text: "gone" } };
const view = (...models: ModelReport[]): ReportView => ({ models, links: {}, head });
const free = { known: true, touched: [], approvedBy: [], head, base: { branch: "main", trusted: true } };

test.each([
  ["all passed", view(judged("a", "pass"), judged("b", "warn")), free, "success", /2 of 2/],
  ["one failed", view(judged("a", "pass"), judged("b", "fail")), free, "failure", /Failed: b/],
  ["one has no documents", view(judged("a", "pass"), crashed), free, "failure", /no documents/],
  ["one was not judged", view(judged("a", "pass"), judged("b", undefined)), free, "pending", /no policy for b/],
  ["no model is touched", view(), free, "success", /No model/],
  ["no model is known", view(), { ...free, known: false }, "pending", /no policy/],
  [
    "a protected file waits",
    view(judged("a", "pass")),
    { ...free, touched: ["eval/x.csv"] },
    "pending",
    /eval\/x\.csv/,
  ],
  ["a protected file waits without a model", view(), { ...free, touched: ["eval/x.csv"] }, "pending", /eval\/x\.csv/],
  [
    "the base is no trusted one",
    view(judged("a", "pass")),
    { ...free, approvedBy: ["asha"], base: { branch: "loose", trusted: false } },
    "pending",
    /Judged for loose/,
  ],
  [
    "a file's name has line breaks",
    view(),
    { ...free, touched: ["eval/\n::error::x"] },
    "pending",
    /eval\/\\u000a::error/,
  ],
  [
    "an owner approved",
    view(judged("a", "pass")),
    { ...free, touched: ["e"], approvedBy: ["asha"] },
    "success",
    /1 of 1/,
  ],
  [
    "an owner approves no failure",
    view(judged("a", "fail")),
    { ...free, touched: ["e"], approvedBy: ["asha"] },
    "failure",
    /Failed/,
  ],
] as const)("%s", (_, shown, guarded, state, says) => {
  const status = statusOf(shown, guarded);
  expect(status.state).toBe(state);
  expect(status.description).toMatch(says);
});

test("no mixture of models is a success unless each of them passed", () => {
  const kinds = [judged("p", "pass"), judged("w", "warn"), judged("f", "fail"), judged("n", undefined), crashed];
  for (let bits = 0; bits < 2 ** kinds.length; bits += 1) {
    const models = kinds.filter((_, at) => (bits >> at) & 1);
    const good = models.every(({ verdict }) => verdict?.verdict === "pass" || verdict?.verdict === "warn");
    expect(statusOf(view(...models), free).state === "success", models.map(({ model }) => model).join()).toBe(good);
  }
});
