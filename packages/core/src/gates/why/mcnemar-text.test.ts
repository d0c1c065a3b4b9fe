import { describe, expect, test } from "vitest";
import { decided, rowsSide } from "../rules/decision.fixture.ts";
import { mcnemarText } from "./mcnemar-text.ts";

/** 200 rows of class 1 in two slices; `wrong` says which rows a side gets wrong. */
const side = (id: number, wrong: (row: number) => boolean, compute = ["accuracy"]) =>
  rowsSide(
    id,
    Array.from({ length: 200 }, (_, row) => ({
      label: String(row % 2),
      prediction: String(wrong(row) ? 1 - (row % 2) : row % 2),
      slices: { country: row < 120 ? "BR" : "SE", channel: row % 4 < 2 ? "web" : "app" },
    })),
    compute,
  );
const candidate = side(1, (row) => row < 30);
const baseline = side(2, (row) => row >= 20 && row < 24);
const gates = [
  { metric: "accuracy", "max-drop": 0.01, slices: { by: ["country", "country+channel"], "min-support": 1 } },
];

describe("McNemar's numbers of a share that was compared on the same rows", () => {
  const verdict = decided({ candidate, baseline, model: { gates } });
  const textOf = (id: string, other = baseline) => {
    const result = verdict.gates.find((gate) => gate.id === id);
    return result === undefined ? `${id}?` : mcnemarText(result, candidate, other);
  };

  test("are the rows that count for one side only, with the exact and the mid-p", () => {
    expect(textOf("accuracy/no-regression")).toContain(
      "of 200 rows 0 count for the candidate only and 26 for the baseline only",
    );
    expect(textOf("accuracy/no-regression")).toMatch(/exact p 2\.98\d*e-8, mid-p 1\.49\d*e-8/);
  });

  test("of a slice are those of its rows, also by two columns", () => {
    expect(textOf("accuracy/no-regression[country=BR]")).toContain("of 120 rows 0 count for the candidate only and 26");
    expect(textOf("accuracy/no-regression[country=SE]")).toContain(
      "of 80 rows 0 count for the candidate only and 0 for",
    );
    expect(textOf("accuracy/no-regression[country=BR,channel=web]")).toContain("of 60 rows");
  });

  test("are left out where the rows are not at hand, and of what is no share of the same rows", () => {
    const { rows: _, ...bare } = baseline;
    expect(textOf("accuracy/no-regression", bare)).toBeUndefined();
    const [result] = decided({ candidate, baseline, model: { gates: [{ metric: "accuracy", min: 0.5 }] } }).gates;
    expect(result === undefined ? "none" : mcnemarText(result, candidate, baseline)).toBeUndefined();
  });
});
