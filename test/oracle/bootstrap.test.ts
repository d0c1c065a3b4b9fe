import { cellReplicates } from "@metricgate/core/statistics/bootstrap/cell-bootstrap";
import type { Counted, JointCells } from "@metricgate/core/statistics/bootstrap/joint-cells";
import { middle } from "@metricgate/core/statistics/quantile";
import { describe, expect, it } from "vitest";
import { askPython, oracleRuns } from "./ask-python.ts";

const level = 0.95;
const replicates = 40_000;

/** A share of weighted counts: F1 and the like. */
interface Share {
  above: number[];
  below: number[];
}

/** Cells are (truth, prediction) of either side: 0 true negative, 1 false positive, 2 false negative, 3 true positive. */
const f1: Share = { above: [0, 0, 0, 2], below: [0, 1, 1, 2] };
const precision: Share = { above: [0, 0, 0, 1], below: [0, 1, 0, 1] };
const accuracy: Share = { above: [1, 0, 0, 1], below: [1, 1, 1, 1] };

const first = Int32Array.of(0, 0, 1, 1, 2, 2, 3, 3);
const second = Int32Array.of(0, 1, 0, 1, 2, 3, 2, 3);

function counted({ above, below }: Share): Counted {
  const dot = (weights: number[], counts: Float64Array) =>
    counts.reduce((sum, count, i) => sum + count * (weights[i] ?? 0), 0);
  return {
    value: 0,
    cells: { of: new Int32Array(0), size: 4, value: (counts) => dot(above, counts) / dot(below, counts) },
  };
}

function sd(values: Float64Array): number {
  const mean = values.reduce((a, b) => a + b) / values.length;
  return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1));
}

describe.runIf(oracleRuns)("the cell bootstrap", () => {
  const tables: [string, Share, number[]][] = [
    ["F1 of few positives", f1, [180, 6, 5, 4, 3, 4, 2, 16]],
    ["F1 of many rows", f1, [430_000, 20_000, 25_000, 25_000, 30_000, 20_000, 40_000, 410_000]],
    ["precision", precision, [500, 30, 20, 40, 60, 25, 30, 295]],
    ["accuracy", accuracy, [50, 3, 2, 4, 6, 5, 3, 27]],
  ];

  it.each(tables)("of %s equals numpy's multinomial bootstrap within the error of both draws", (_, share, counts) => {
    const joint: JointCells = { counts: Float64Array.from(counts), first, second, n: counts.reduce((a, b) => a + b) };
    const side = counted(share);
    const drawn = cellReplicates(joint, [side, side], { seed: 1, stream: 1, from: 0, to: replicates });
    const changes = drawn.first.map((x, i) => x - (drawn.second[i] ?? Number.NaN));
    const ours = [
      ...Object.values(middle(changes.slice().sort(), level)),
      sd(changes),
      changes.filter((x) => x >= 0).length / replicates,
    ];
    const sides = [0, 1].map((side) => {
      const cells = side === 0 ? first : second;
      const spread = (weights: number[]) => Array.from(cells, (cell) => weights[cell] ?? 0);
      return { above: spread(share.above), below: spread(share.below) };
    });
    const answer = askPython({ calls: [{ name: "multinomialBootstrap", args: [counts, sides, replicates, level] }] })
      .calls[0];
    if (!Array.isArray(answer)) throw new Error("Python answered something else");
    const [low, high, spread, above] = answer.map(Number);
    const scale = spread ?? Number.NaN;
    // A quantile at 2.5 % of a normal has an error of √(.025 · .975 / replicates) / .058 sds in either draw.
    const error = (Math.sqrt((0.025 * 0.975) / replicates) / 0.058) * Math.SQRT2 * scale;
    console.log(
      `oracle: ends off by ${ours.slice(0, 2).map((x, i) => ((x - Number(answer[i])) / error).toFixed(2))} of the error, sd by ${((ours[2] ?? 0) / scale - 1).toFixed(4)}`,
    );
    expect(Math.abs((ours[0] ?? Number.NaN) - (low ?? Number.NaN))).toBeLessThan(4 * error);
    expect(Math.abs((ours[1] ?? Number.NaN) - (high ?? Number.NaN))).toBeLessThan(4 * error);
    expect(Math.abs((ours[2] ?? Number.NaN) / scale - 1)).toBeLessThan(4 / Math.sqrt(replicates));
    const p = above ?? Number.NaN;
    expect(Math.abs((ours[3] ?? Number.NaN) - p)).toBeLessThan(
      4 * Math.sqrt((2 * p * (1 - p)) / replicates) + 1 / replicates,
    );
  });
});
