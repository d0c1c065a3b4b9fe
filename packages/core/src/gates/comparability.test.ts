import { describe, expect, test } from "vitest";
import { decided, found, hex, rowsSide } from "./rules/decision.fixture.ts";

const rows = (count: number, flip = -1) =>
  Array.from({ length: count }, (_, n) => {
    const label = String(n % 2);
    return { id: String(n).padStart(6, "0"), label: n === flip ? String(1 - (n % 2)) : label, prediction: label };
  });

/** Rows whose eval set is told by a digest of files, or of the rows. */
function side(id: number, count: number, digest: number, of?: "rows", flip?: number) {
  const made = rowsSide(id, rows(count, flip), ["accuracy"]);
  const evalSet = { digest: hex(digest), ...(of && { of }) };
  return { ...made, received: { ...made.received, document: { ...made.received.document, evalSet } } };
}

describe("rows that changed, where the eval set is known by the rows", () => {
  const gates = [{ metric: "accuracy", "max-drop": 0.05 }];
  const judge = (of: "rows" | undefined, model: object = {}) =>
    decided({ candidate: side(1, 600, 8, of), baseline: side(2, 601, 9, of), model: { gates, ...model } });

  test("block, say how many differ and name the digest that admits them", () => {
    const { gates: results } = judge("rows");
    expect(results[0]?.reasons[0]).toMatchObject({
      code: "eval-set-changed",
      text: expect.stringContaining("0 rows only in the candidate, 1 row only in the baseline."),
      next: expect.stringContaining(`accept-eval-set: ${hex(8)}`),
    });
    const relabelled = decided({
      candidate: side(1, 600, 8, "rows", 5),
      baseline: side(2, 600, 9, "rows"),
      model: { gates },
    });
    expect(relabelled.gates[0]?.reasons[0]?.text).toContain("The labels differ in 1 row of 600.");
  });

  test("are compared as `pairing` asks", () => {
    const common = judge("rows", { pairing: "intersection" });
    expect(common.gates[0]).toMatchObject({ outcome: "pass", n: 600 });
    expect(common.notes?.map(({ code }) => code)).toContain("pairing-intersection");
    expect(judge("rows", { pairing: "none" }).notes?.map(({ code }) => code)).toContain("pairing-none");
  });

  test.each([
    [
      "intersection",
      601,
      /^Record the baseline again, as a push to its branch does: then `pairing: intersection` decides\. Or admit/,
    ],
    ["none", 601, /^Record the baseline again, as a push to its branch does: then `pairing: none` decides\. Or admit/],
    [
      "auto",
      601,
      /^Measure on the rows .* or record the baseline again, .* and compare only .* `pairing: intersection`\.$/,
    ],
    [
      "auto",
      600,
      /^Record the baseline again, as a push to its branch does, or admit the new data once with `accept-eval-set: /,
    ],
  ])(
    "block, with what to do, where the baseline does not say that its digest is of rows (pairing: %s, %i rows)",
    (pairing, count, next) => {
      const baseline = side(2, count, 9);
      const verdict = decided({ candidate: side(1, 600, 8, "rows"), baseline, model: { gates, pairing } });
      expect(found(verdict)).toEqual(["accuracy/no-regression missing fail eval-set-changed"]);
      const [reason] = verdict.gates[0]?.reasons ?? [];
      expect(reason?.next).toMatch(next);
      expect(reason?.text).toContain("it was recorded with `eval-set`, or before records said so.");
      expect(reason?.text.includes("1 row only in the baseline")).toBe(count === 601);
    },
  );

  test("are compared once such a baseline is recorded again", () => {
    const baseline = side(2, 601, 9, "rows");
    const candidate = side(1, 600, 8, "rows");
    expect(decided({ candidate, baseline, model: { gates, pairing: "intersection" } }).verdict).toBe("pass");
  });

  test("block all the same where files are the eval set", () => {
    expect(found(judge(undefined, { pairing: "intersection" }))).toEqual([
      "accuracy/no-regression missing fail eval-set-changed",
    ]);
  });
});
