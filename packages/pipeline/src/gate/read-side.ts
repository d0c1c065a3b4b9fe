import { rowsOfRun } from "@metricgate/core/baselines/record-files";
import type { Digest } from "@metricgate/core/documents/digest";
import type { Received } from "@metricgate/core/documents/kinds";
import { UserError } from "@metricgate/core/errors/user-error";
import type { Side } from "@metricgate/core/gates/decide-input";
import { readRows } from "@metricgate/formats/rows/read-rows";
import { receiveBytes } from "../chain/read-document.ts";
import { type RowsFiles, readRowsFiles } from "../chain/rows-files.ts";
import { checkSameRows } from "../evaluate/same-rows.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Workspace } from "../ports/workspace.ts";

/**
 * Reads an evaluation and, when they lie beside it, its rows and those of its further runs. `known`: the evaluation, where it was read
 * before: reading 100,000 metrics again would take as long as judging them. @throws UserError those of `sideOf`
 */
export async function readSide(
  evaluation: string,
  rows: string | undefined,
  { workspace, hashing }: { workspace: Workspace; hashing: Hashing },
  known?: Received<"evaluation">,
): Promise<Side> {
  const received = known ?? receiveBytes("evaluation", await workspace.read(evaluation), evaluation, hashing);
  const files = rows === undefined ? {} : await readRowsFiles(rows, workspace);
  return withRows(received, evaluation, files, rows ?? "rows.csv", hashing);
}

/** The same from bytes. @throws UserError `rows-differ` when the rows are not those that the evaluation names, `rows-missing` */
export function sideOf(
  evaluation: Uint8Array,
  name: string,
  files: RowsFiles,
  rowsName: string,
  hashing: Hashing,
): Side {
  return withRows(receiveBytes("evaluation", evaluation, name, hashing), name, files, rowsName, hashing);
}

function withRows(
  received: Received<"evaluation">,
  name: string,
  { rows, repeats = [] }: RowsFiles,
  rowsName: string,
  hashing: Hashing,
): Side {
  const declared = received.document.rows;
  if (declared === undefined || rows === undefined) return { received };
  const { task } = declared;
  const read = (bytes: Uint8Array, file: string, digest: Digest) => {
    checkDigest(file, hashing.bytes(bytes), name, digest);
    return readRows(bytes, file, task);
  };
  const table = read(rows, rowsName, declared.digest);
  const tables = (declared.repeats ?? []).map(({ digest }, at) => {
    const file = rowsOfRun(rowsName, at + 2);
    const bytes = repeats[at];
    if (bytes === undefined) throw missing(file, name);
    const repeat = read(bytes, file, digest);
    checkSameRows({ rows: table, task }, { rows: repeat, task }, file);
    return repeat;
  });
  return { received, rows: table, ...(tables.length === 0 ? {} : { repeats: tables }) };
}

/** Whether rows are those that an evaluation names. @throws UserError `rows-differ` when they are not */
export function checkDigest(file: string, found: Digest, evaluation: string, declared: Digest): void {
  if (found === declared) return;
  throw new UserError(
    "rows-differ",
    `${file} is ${found}, and ${evaluation} was measured on ${declared}`,
    "Keep the files together as `evaluate` wrote them.",
    { file },
  );
}

function missing(file: string, evaluation: string): UserError {
  return new UserError(
    "rows-missing",
    `${evaluation} names the rows of a further training run, and ${file} is not there`,
    "Keep the files together as `evaluate` wrote them.",
    { file },
  );
}
