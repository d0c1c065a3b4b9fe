import type { Attempt } from "@metricgate/core/documents/selection";
import { earlierFile } from "../chain/folder.ts";
import { receiveBytes } from "../chain/read-document.ts";
import type { GatePorts } from "./gate-ports.ts";

/** Writes the evaluations of earlier attempts of this run into the chain folder. */
export async function keepEarlier(
  model: string,
  folder: string,
  { workspace, hashing, earlierAttempts }: GatePorts,
): Promise<Attempt[]> {
  const found = (await earlierAttempts?.(model)) ?? [];
  const kept: Attempt[] = [];
  for (const { attempt, evaluation } of found) {
    const { digest } = receiveBytes("evaluation", evaluation, `the evaluation of attempt ${attempt}`, hashing);
    await workspace.write(`${folder}/${earlierFile(attempt)}`, evaluation);
    kept.push({ attempt, evaluation: digest });
  }
  return kept;
}
