import { rowsOfRun } from "@metricgate/core/baselines/record-files";
import type { Evaluation } from "@metricgate/core/documents/evaluation";
import { rowsBytes } from "@metricgate/formats/rows/write-rows";
import { chainFiles } from "../chain/folder.ts";
import type { RowsFiles } from "../chain/rows-files.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { MeasuredRows } from "./measure-predictions.ts";
import type { Repeated } from "./measure-repeats.ts";

/** The rows of all runs as they are kept: what the evaluation says of them, and their bytes. */
export function keptRows(
  table: MeasuredRows,
  repeated: Pick<Repeated, "rows" | "task">,
  hashing: Hashing,
): { declared: NonNullable<Evaluation["rows"]>; files: RowsFiles } {
  const rows = rowsBytes(table.rows);
  const repeats = repeated.rows.map(rowsBytes);
  const named = repeats.map((bytes, at) => ({
    file: rowsOfRun(chainFiles.rows, at + 2),
    digest: hashing.bytes(bytes),
  }));
  return {
    declared: {
      file: chainFiles.rows,
      digest: hashing.bytes(rows),
      count: table.rows.count,
      task: repeated.task ?? table.task,
      ...(named.length === 0 ? {} : { repeats: named }),
    },
    files: { rows, ...(repeats.length === 0 ? {} : { repeats }) },
  };
}
