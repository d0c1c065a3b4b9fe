import { expect, test } from "vitest";
import { hex } from "./decision.fixture.ts";
import { judgeHistory } from "./judge-history.ts";

const runs = (...values: number[]) =>
  values.map((value) => ({ sha: "a".repeat(40), evaluation: hex(1), values: { accuracy: value } }));
const judged = (value: number, past: number[], history: object = {}) =>
  judgeHistory({ rule: "history", direction: "up", history }, ["accuracy"], value, runs(...past));

test("eight equal runs say nothing of what is usual: the same passes, another value is open, never a failure", () => {
  const equal = Array.from({ length: 8 }, () => 0.9);
  expect(judged(0.9, equal).outcome).toBe("pass");
  expect(judged(0.91, equal).outcome).toBe("pass");
  for (const value of [0.8999999, 0.5]) {
    expect(judged(value, equal)).toMatchObject({ outcome: "inconclusive", reasons: [{ code: "history-flat" }] });
    expect(judged(value, equal, { method: "mad" })).toMatchObject({ outcome: "inconclusive" });
  }
  expect(judged(0.5, equal, { method: "percentage" }).outcome).toBe("fail");
  expect(judged(0.5, [0.9, 0.91, 0.9, 0.89, 0.9]).outcome).toBe("fail");
});
