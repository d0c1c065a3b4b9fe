import type { Digest } from "../../packages/core/src/documents/digest.ts";
import type { Evaluation, RowsTask } from "../../packages/core/src/documents/evaluation.ts";
import type { GateResult } from "../../packages/core/src/documents/verdict.ts";
import { decide } from "../../packages/core/src/gates/decide.ts";
import type { Side } from "../../packages/core/src/gates/decide-input.ts";
import { metricsFromRows } from "../../packages/core/src/metrics/from-rows.ts";
import { keepMeasures } from "../../packages/core/src/metrics/kept-measures.ts";
import type { GateEntry } from "../../packages/core/src/policy/schema.ts";
import type { Column, RowTable } from "../../packages/core/src/tables/row-table.ts";
import { type TextCells, textCells } from "../../packages/core/src/tables/text-cells.ts";
import type { DrawnRows } from "./population.ts";

const [mine, theirs, selected, data]: Digest[] = [1, 2, 3, 4].map((n): Digest => `sha256:${`${n}`.repeat(64)}`);

const idsOf = new Map<number, TextCells>();

function ids(n: number): TextCells {
  const known = idsOf.get(n) ?? textCells(Array.from({ length: n }, (_, row) => String(row).padStart(9, "0")));
  idsOf.set(n, known);
  return known;
}

function sideOf(n: number, columns: Record<string, Column>, task: RowsTask, digest: Digest): Side {
  const rows: RowTable = { count: n, ids: ids(n), columns: new Map(Object.entries(columns)) };
  keepMeasures(rows, 100_000_000);
  const document: Evaluation = {
    kind: "metricgate/evaluation@1",
    model: { name: "m" },
    source: {},
    evalSet: { digest: data ?? digest },
    metrics: metricsFromRows(rows, task, { level: 0.95 }),
    rows: { file: "rows.csv", digest, count: n, task },
  };
  return { received: { document, digest }, rows };
}

/** What one gate finds of drawn rows: both tables measured as `evaluate` does, and judged as `gate` does. */
export function judgeDrawn(n: number, drawn: DrawnRows, task: RowsTask, gate: GateEntry): GateResult[] {
  if (mine === undefined || theirs === undefined || selected === undefined) throw new RangeError("no digests");
  const { gates } = decide({
    candidate: sideOf(n, { ...drawn.shared, ...drawn.candidate }, task, mine),
    baseline: sideOf(n, { ...drawn.shared, ...drawn.baseline }, task, theirs),
    selection: {
      document: {
        kind: "metricgate/selection@1",
        model: "m",
        baseline: { evaluation: theirs, from: "base" },
        policy: { changedHere: false, advisory: false },
      },
      digest: selected,
    },
    policy: { version: 1, models: { m: { gates: [gate] } } },
  });
  return gates;
}
