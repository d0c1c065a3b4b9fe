import { expect, test } from "vitest";
import { philoxDraws } from "../../statistics/draws/philox.ts";
import type { Column } from "../../tables/row-table.ts";
import type { Side } from "../decide-input.ts";
import { decided, rowsSide } from "./decision.fixture.ts";

/** A binary table whose labels follow its scores, raised by `off`; with the value of `ece` that the file states. */
function scored(id: number, rows: number, ece: number): Side {
  const draws = philoxDraws(5, 9);
  draws.restart(0);
  const scores = Float64Array.from({ length: rows }, () => draws.next());
  const side = rowsSide(
    id,
    Array.from(scores, (score) => ({ label: draws.next() < score ? "1" : "0", prediction: score < 0.5 ? "0" : "1" })),
    ["ece"],
  );
  const [metric] = side.received.document.metrics;
  if (metric !== undefined) metric.value = ece;
  const { rows: table } = side;
  if (table === undefined) return side;
  const columns = new Map<string, Column>([...table.columns, ["score", { type: "number", values: scores }]]);
  return { ...side, rows: { ...table, columns } };
}

const notesOf = (rows: number, ece: number, gate: object = { metric: "ece", max: 0.5 }) =>
  decided({ candidate: scored(1, rows, ece), baseline: scored(2, rows, ece), model: { gates: [gate] } }).notes ?? [];
const floorOf = (rows: number, ece: number) => notesOf(rows, ece).filter(({ code }) => code === "calibration-floor");

test("a gated calibration error near that of a perfectly calibrated model is told with that number", () => {
  const [note] = floorOf(300, 0.06);
  expect(note?.text).toMatch(/^ece is 0\.06; a perfectly calibrated model .* would show 0\.0[3-9]\d* on 300 rows/);
  expect(floorOf(300, 0.3)).toEqual([]);
  expect(floorOf(20_000, 0.06)).toEqual([]);
});

test("another metric has none", () => {
  expect(notesOf(300, 0.06, { metric: "ece*", max: 0.5 }).some(({ code }) => code === "calibration-floor")).toBe(true);
  expect(notesOf(300, 0.06, { metric: "ece", "min-gain": 0 }).some(({ code }) => code === "calibration-floor")).toBe(
    true,
  );
});
