import type { Digest } from "@metricgate/core/documents/digest";
import type { Evaluation } from "@metricgate/core/documents/evaluation";
import { keepMeasures, portableMeasures } from "@metricgate/core/metrics/kept-measures";
import type { Measured } from "@metricgate/core/metrics/measured";
import type { ModelPolicy } from "@metricgate/core/policy/schema";
import { writeRows } from "@metricgate/formats/rows/write-rows";
import { digestWritten } from "../evaluate/digest-written.ts";
import { evalSetOf } from "../evaluate/eval-set.ts";
import type { EvaluateRequest } from "../evaluate/evaluate-ports.ts";
import { type MeasuredRows, measurePredictions } from "../evaluate/measure-predictions.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Workspace } from "../ports/workspace.ts";

/** Influence values of one side that are kept for the comparison, in bytes. */
const keptBytes = 100_000_000;

/** A prediction table to measure. Plain data, so that it can go to another thread. */
export interface TableRequest {
  path: string;
  request: Pick<EvaluateRequest, "columns" | "slices" | "positive" | "task" | "compute" | "policy">;
  policy: ModelPolicy | undefined;
}

/** A prediction table as it was measured, with the digests of what its evaluation names. Plain data too. */
export interface MeasuredTable extends MeasuredRows {
  rowsDigest: Digest;
  evalSet: Evaluation["evalSet"];
  /** What was measured of all rows, for the comparison to go on with. */
  measures: ReadonlyMap<string, Measured>;
}

/** Reads a prediction table, computes its metrics, and takes the digests. @throws UserError as `readPredictions` */
export async function measureTable(
  { path, request, policy }: TableRequest,
  ports: { workspace: Workspace; hashing: Hashing },
): Promise<MeasuredTable | undefined> {
  const table = await measurePredictions({ ...request, predictions: path }, policy, ports, (rows) => {
    keepMeasures(rows, keptBytes);
  });
  if (table === undefined) return undefined;
  return {
    ...table,
    rowsDigest: digestWritten(ports.hashing, (writer) => writeRows(writer, table.rows)),
    evalSet: await evalSetOf(undefined, undefined, table.rows, ports),
    measures: portableMeasures(table.rows),
  };
}

/** Goes on with a table that another thread has measured. */
export function takeMeasured(table: MeasuredTable): MeasuredTable {
  keepMeasures(table.rows, keptBytes, table.measures);
  return table;
}
