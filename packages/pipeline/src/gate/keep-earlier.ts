import type { Digest } from "@metricgate/core/documents/digest";
import type { Attempt } from "@metricgate/core/documents/selection";
import { earlierFile, earlierRows } from "../chain/folder.ts";
import { writeRowsFiles } from "../chain/rows-files.ts";
import type { GatePorts } from "./gate-ports.ts";
import { sideOf } from "./read-side.ts";

/**
 * Writes what earlier attempts of this run measured into the chain folder, with the rows of those that measured other numbers than
 * `candidate`: without its rows an attempt that failed by a paired comparison would look uncertain, and running again would end green.
 * @throws UserError those of `sideOf`
 */
export async function keepEarlier(
  model: string,
  candidate: Digest,
  folder: string,
  { workspace, hashing, earlierAttempts }: GatePorts,
): Promise<Attempt[]> {
  const found = (await earlierAttempts?.(model)) ?? [];
  const kept: Attempt[] = [];
  for (const { attempt, evaluation, ...rows } of found) {
    const { received } = sideOf(evaluation, `the evaluation of attempt ${attempt}`, rows, "its rows", hashing);
    await workspace.write(`${folder}/${earlierFile(attempt)}`, evaluation);
    await writeRowsFiles(`${folder}/${earlierRows(attempt)}`, received.digest === candidate ? {} : rows, workspace);
    kept.push({ attempt, evaluation: received.digest });
  }
  return kept;
}
