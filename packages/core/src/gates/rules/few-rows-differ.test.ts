import { expect, it } from "vitest";
import { judgeChange } from "../judge-change.ts";
import { decided, rowsSide } from "./decision.fixture.ts";

/** 25 positives and 475 negatives; the candidate and the baseline differ in the first rows of each, as many as given. */
function differing(positives: number, negatives: number) {
  const rows = Array.from({ length: 500 }, (_, i) => ({ label: i < 25 ? "1" : "0", place: i < 25 ? i : i - 25 }));
  const side = (id: number, candidate: boolean) =>
    rowsSide(
      id,
      rows.map(({ label, place }) => {
        const [known, apart] = label === "1" ? [14, positives] : [465, negatives];
        const right = place < known ? place >= apart || (place % 2 === 0) === candidate : false;
        return { label, prediction: right ? label : label === "1" ? "0" : "1" };
      }),
      ["f1"],
    );
  return { candidate: side(1, true), baseline: side(2, false) };
}

const judged = (positives: number, negatives: number, margin: number) => {
  const { gates } = decided({
    ...differing(positives, negatives),
    model: { gates: [{ metric: "f1", "max-drop": margin }] },
  });
  return gates[0];
};

it("few rows that differ leave a small margin open, and the reason says how few they are and what to do", () => {
  const found = judged(2, 2, 0.05);
  expect(found).toMatchObject({ outcome: "inconclusive", verdict: "warn", interval: { method: "few-differing" } });
  expect(found?.reasons.map(({ code }) => code)).toEqual(["too-uncertain", "few-rows-differ"]);
  expect(found?.reasons[1]?.text).toBe(
    "The two sides of f1 differ in about 3 of its rows, fewer than 30, and the interval allows for that.",
  );
  expect(found?.reasons[1]?.next).toContain("Label more rows of the class");
  expect(found?.rowsNeeded).toBeGreaterThan(500);
});

it("what is settled all the same says nothing of few rows", () => {
  const found = judged(2, 2, 0.5);
  expect(found?.outcome).toBe("pass");
  expect(found?.reasons.map(({ code }) => code)).toEqual(["within-margin"]);
});

it("of an area of ranks it says when one row of the rarer class can make more than twice the margin", () => {
  const question = { rule: "no-regression", direction: "up", margin: { value: 0.01, scale: "absolute" } } as const;
  const interval = { low: -0.02, high: 0.02, level: 0.95, method: "few-differing" };
  const texts = (one: number) => {
    const difference = {
      change: 0,
      scale: "absolute",
      interval,
      method: "few-differing",
      few: { differing: 4.4, step: 0.01, one },
    } as const;
    const compared = { name: "roc_auc", candidate: 0.95, baseline: 0.95, difference };
    return judgeChange(question, compared, 0.95).reasons.map(({ code, text }) =>
      code === "few-rows-differ" ? text : "",
    );
  };
  const few =
    "The two sides of roc_auc differ in about 4 of its rows, fewer than 30, and the interval allows for that.";
  expect(texts(0.04)[1]).toBe(`${few} One row of the rarer class alone can make 0.04, more than twice the margin.`);
  expect(texts(0.02)[1]).toBe(few);
});
