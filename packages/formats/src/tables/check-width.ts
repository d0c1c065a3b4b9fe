import { UserError } from "@metricgate/core/errors/user-error";

/** Columns of a table. */
const columnLimit = 10_000;

/** @throws UserError `too-many-columns` for a table whose columns are more than are told apart */
export function checkWidth(columns: number, file: string): void {
  if (columns <= columnLimit) return;
  const text = `${file} has ${columns} columns; at most ${columnLimit} are read.`;
  throw new UserError("too-many-columns", text, "Write only those of ids, labels, predictions, scores and slices.", {
    file,
  });
}
