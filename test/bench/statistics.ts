import type { RowsTask } from "@metricgate/core/documents/evaluation";
import { measure } from "@metricgate/core/metrics/influence";
import { cellReplicates } from "@metricgate/core/statistics/bootstrap/cell-bootstrap";
import { jointCells } from "@metricgate/core/statistics/bootstrap/joint-cells";
import { pairedDifference } from "@metricgate/core/statistics/difference";
import { philoxDraws } from "@metricgate/core/statistics/draws/philox";
import type { Column, RowTable } from "@metricgate/core/tables/row-table";
import { textCells } from "@metricgate/core/tables/text-cells";
import { median } from "./processes.ts";
import type { BenchRow } from "./row.ts";

const count = 1_000_000;
const task: RowsTask = { task: "classification", classes: ["0", "1"], positive: "1", compute: [], slices: [] };

/** A million rows whose scores follow their labels, more so with a larger shift. */
function table(shift: number, stream: number): RowTable {
  const labels = philoxDraws(1, 0);
  const draws = philoxDraws(1, stream);
  const codes = new Int32Array(count);
  const scores = new Float64Array(count);
  const called = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    codes[row] = labels.next() < 0.3 ? 1 : 0;
    scores[row] = (draws.next() + (codes[row] ?? 0) * shift) / (1 + shift);
    called[row] = (scores[row] ?? 0) >= 0.5 ? 1 : 0;
  }
  const category = (of: Int32Array): Column => ({ type: "category", codes: of, names: ["0", "1"] });
  const columns = new Map<string, Column>([
    ["label", category(codes)],
    ["prediction", category(called)],
    ["score", { type: "number", values: scores }],
  ]);
  return { count, ids: textCells([]), columns };
}

/** Milliseconds: by the clock, and of all threads of the processor. */
interface Taken {
  wall: number;
  cpu: number;
}

function timed(runs: number, work: () => unknown): Taken {
  const taken = Array.from({ length: runs }, () => {
    const [began, before] = [performance.now(), process.cpuUsage()];
    work();
    const { user, system } = process.cpuUsage(before);
    return { wall: performance.now() - began, cpu: (user + system) / 1000 };
  });
  return { wall: median(taken.map(({ wall }) => wall)), cpu: median(taken.map(({ cpu }) => cpu)) };
}

/** A row that its processor time decides, with a quarter of headroom. */
function row(what: string, { wall, cpu }: Taken, budget: number): BenchRow {
  const measured = `${wall.toFixed(0)} ms, processor ${cpu.toFixed(0)} ms`;
  return { what, measured, budget: `${budget} ms (fails above ${budget * 1.25})`, holds: cpu <= budget * 1.25 };
}

/** The bootstrap of counted metrics and the paired areas under the ROC curve, each over a million rows. */
export function statisticsRows(): BenchRow[] {
  const baseline = () => table(0.5, 1);
  const candidate = () => table(0.55, 2);
  const [first, second] = [candidate(), baseline()];
  const pairs = ["accuracy", "f1"].map((metric) => {
    const [c, b] = [measure(metric, first, task), measure(metric, second, task)];
    if ("undefined" in c || "undefined" in b || c.cells === undefined || b.cells === undefined)
      throw new Error(`${metric} has no cells`);
    const sides = [
      { value: c.value, cells: c.cells },
      { value: b.value, cells: b.cells },
    ] as const;
    return { joint: jointCells(...sides), sides };
  });
  const span = { seed: 1, stream: 1, from: 0, to: 10_000 };
  const bootstrap = timed(5, () => {
    for (const { joint, sides } of pairs) cellReplicates(joint, sides, span);
  });
  const tables = Array.from({ length: 3 }, () => [candidate(), baseline()] as const);
  const areas = timed(3, () => {
    const [c = first, b = second] = tables.pop() ?? [];
    pairedDifference("roc_auc", c, b, task, { scale: "absolute", level: 0.95, direction: "up" });
  });
  return [
    row("10,000 replicates of accuracy and F1", bootstrap, 25),
    row("paired ROC-AUC of 1e6 rows (DeLong)", areas, 300),
  ];
}
