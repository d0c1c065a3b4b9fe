import type { BaselineRead } from "@metricgate/core/baselines/to-selection";
import type { Received } from "@metricgate/core/documents/kinds";
import { UserError } from "@metricgate/core/errors/user-error";
import type { BaselineLookup } from "@metricgate/core/ports/baseline-store";
import { chainFiles } from "../chain/folder.ts";
import { rowsBeside, writeRowsFiles } from "../chain/rows-files.ts";
import type { GatePorts } from "./gate-ports.ts";
import { sideOf } from "./read-side.ts";

/** The file names of a side in the chain folder. */
export const keptAs = {
  baseline: { evaluation: chainFiles.baseline, rows: chainFiles.baselineRows },
  anchor: { evaluation: chainFiles.anchor, rows: chainFiles.anchorRows },
};

/** A side that was found, and its evaluation when it can be read. */
export interface Kept {
  read: BaselineRead;
  received?: Received<"evaluation">;
}

/** Removes a side of an earlier try from the chain folder. */
export async function forgetSide(
  side: keyof typeof keptAs,
  folder: string,
  { workspace }: Pick<GatePorts, "workspace">,
): Promise<void> {
  await workspace.remove(`${folder}/${keptAs[side].evaluation}`);
  await writeRowsFiles(`${folder}/${keptAs[side].rows}`, {}, workspace);
}

/**
 * Writes the baseline or the anchor that was found into the chain folder when it can be read. One that was recorded and cannot be read is none.
 * @throws UserError for one that was given by name and cannot be read
 */
export async function keepSide(
  side: keyof typeof keptAs,
  lookup: BaselineLookup,
  given: string | undefined,
  folder: string,
  { workspace, hashing }: Pick<GatePorts, "workspace" | "hashing">,
): Promise<Kept | undefined> {
  if (!lookup.found) return undefined;
  try {
    const name = given ?? `the ${side} from ${lookup.from}`;
    const rows = given === undefined ? "its rows" : await rowsBeside(given, workspace);
    const { received } = sideOf(lookup.files.evaluation, name, lookup.files, rows, hashing);
    await workspace.write(`${folder}/${keptAs[side].evaluation}`, lookup.files.evaluation);
    if (received.document.rows !== undefined)
      await writeRowsFiles(`${folder}/${keptAs[side].rows}`, lookup.files, workspace);
    const at = received.document.source.committedAt;
    return { read: { evaluation: received.digest, ...(at === undefined ? {} : { committedAt: at }) }, received };
  } catch (thrown) {
    if (thrown instanceof UserError && given === undefined) return { read: { unreadable: thrown.message } };
    throw thrown;
  }
}
