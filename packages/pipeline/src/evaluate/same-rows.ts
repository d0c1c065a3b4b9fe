import type { RowsTask } from "@metricgate/core/documents/evaluation";
import { UserError } from "@metricgate/core/errors/user-error";
import { cellsThatDiffer, pairRows } from "@metricgate/core/tables/pair";
import type { RowTable } from "@metricgate/core/tables/row-table";

interface RowsOfRun {
  rows: RowTable;
  task: RowsTask;
}

/** Checks that a further training run was measured on the same rows as the first. @throws UserError `repeat-differs`, with file and counts */
export function checkSameRows(first: RowsOfRun, other: RowsOfRun, file: string): void {
  const refuse = (text: string) =>
    new UserError("repeat-differs", text, "Predict the same rows of the same eval set in every run.", { file });
  if (other.task.task !== first.task.task || other.task.positive !== first.task.positive) {
    throw refuse(`${file} was read as ${taskText(other.task)}, and the first run is ${taskText(first.task)}`);
  }
  const pairing = pairRows(other.rows, first.rows);
  if (!pairing.paired) {
    const { onlyCandidate, onlyBaseline, labelsDiffer } = pairing;
    const counts =
      onlyCandidate + onlyBaseline > 0
        ? `${onlyCandidate} ids only in it and ${onlyBaseline} only in the first run`
        : labelsDiffer > 0
          ? `other labels in ${labelsDiffer} of ${first.rows.count} rows`
          : pairing.text;
    throw refuse(`${file} does not have the rows of the first run: ${counts}`);
  }
  for (const name of first.rows.columns.keys()) {
    if (!name.startsWith("slice:")) continue;
    const differ = cellsThatDiffer(other.rows, first.rows, name);
    if (differ > 0) {
      throw refuse(`${file} has another ${name.slice("slice:".length)} in ${differ} of ${first.rows.count} rows`);
    }
  }
}

function taskText({ task, positive }: RowsTask): string {
  return positive === undefined ? task : `${task} of ${positive}`;
}
