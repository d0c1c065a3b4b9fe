import { UserError } from "@metricgate/core/errors/user-error";
import type { Side } from "@metricgate/core/gates/decide-input";
import { readRows } from "@metricgate/formats/rows/read-rows";
import { receiveBytes } from "../chain/read-document.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Workspace } from "../ports/workspace.ts";

/** Reads an evaluation and, when they lie beside it, its rows. @throws UserError `rows-differ` when the rows are not those that it names */
export async function readSide(
  evaluation: string,
  rows: string | undefined,
  { workspace, hashing }: { workspace: Workspace; hashing: Hashing },
): Promise<Side> {
  const bytes = await workspace.read(evaluation);
  const rowBytes = rows !== undefined && (await workspace.exists(rows)) ? await workspace.read(rows) : undefined;
  return sideOf(bytes, evaluation, rowBytes, rows ?? "rows.csv", hashing);
}

/** The same from bytes. */
export function sideOf(
  evaluation: Uint8Array,
  name: string,
  rows: Uint8Array | undefined,
  rowsName: string,
  hashing: Hashing,
): Side {
  const received = receiveBytes("evaluation", evaluation, name, hashing);
  const declared = received.document.rows;
  if (declared === undefined || rows === undefined) return { received };
  const digest = hashing.bytes(rows);
  if (digest !== declared.digest) {
    throw new UserError(
      "rows-differ",
      `${rowsName} is ${digest}, and ${name} was measured on ${declared.digest}`,
      "Keep the two files together as `evaluate` wrote them.",
      { file: rowsName },
    );
  }
  return { received, rows: readRows(rows, rowsName, declared.task) };
}
