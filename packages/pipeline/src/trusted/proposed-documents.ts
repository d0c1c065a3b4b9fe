import { UserError } from "@metricgate/core/errors/user-error";
import { chainFiles, chainFolder } from "../chain/folder.ts";
import { receiveBytes } from "../chain/read-document.ts";
import { readSide } from "../gate/read-side.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Workspace } from "../ports/workspace.ts";

/**
 * Takes an evaluation and its rows out of what a pull request's run uploaded, validated anew, and writes them into the model's chain folder.
 * Everything else in the archive is left where it is: no verdict, no selection and no policy of the pull request is believed.
 * @param run the id of the run that uploaded it
 * @returns the commit that it says it measured
 * @throws UserError `document-missing`, `model-differs`, `run-differs`, `source-missing`, and those of `readSide`
 */
export async function receiveProposed(
  model: string,
  files: ReadonlyMap<string, Uint8Array>,
  run: number,
  { workspace, hashing }: { workspace: Workspace; hashing: Hashing },
): Promise<string> {
  const folder = chainFolder(model);
  for (const left of await workspace.find([`${folder}/*`])) await workspace.remove(left);
  const name = `the pull request's evaluation of ${model}`;
  const bytes = files.get(chainFiles.evaluation);
  if (bytes === undefined)
    throw new UserError("document-missing", `${name} is not in its artifact`, "Run the pull request's workflow again.");
  const { document } = receiveBytes("evaluation", bytes, name, hashing);
  if (document.model.name !== model) {
    const next = "Upload each model's documents as evaluate does.";
    throw new UserError("model-differs", `${name} is about ${document.model.name}`, next);
  }
  if (document.run !== undefined && document.run.id !== run) {
    const text = `${name} was made by run ${document.run.id}, and run ${run} uploaded it`;
    throw new UserError(
      "run-differs",
      text,
      "Evaluate in the run that uploads: run the pull request's workflow again.",
    );
  }
  const { sha } = document.source;
  if (sha === undefined) {
    const next = "Evaluate in a checkout of the pull request.";
    throw new UserError("source-missing", `${name} does not say which commit it measured`, next);
  }
  const evaluation = `${folder}/${chainFiles.evaluation}`;
  await workspace.write(evaluation, bytes);
  for (const [file, rows] of files)
    if (/^rows(-\d+)?\.csv$/.test(file)) await workspace.write(`${folder}/${file}`, rows);
  await readSide(evaluation, `${folder}/${chainFiles.rows}`, { workspace, hashing });
  return sha;
}

/**
 * Holds the archives that one attempt uploaded of one model against each other.
 * @throws UserError `document-doubled` when they hold different evaluations, as only the author could say which one counts
 */
export function checkOneEvaluation(
  model: string,
  archives: readonly ReadonlyMap<string, Uint8Array>[],
  hashing: Hashing,
): void {
  const evaluations = archives.flatMap((files) => files.get(chainFiles.evaluation) ?? []);
  if (new Set(evaluations.map((bytes) => hashing.bytes(bytes))).size <= 1) return;
  throw new UserError(
    "document-doubled",
    `one attempt uploaded ${evaluations.length} evaluations of ${model} that differ`,
    "Let one job of the workflow evaluate each model, and run it again.",
  );
}
