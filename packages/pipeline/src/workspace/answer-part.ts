import { readPartOf } from "@metricgate/formats/tables/csv-parts";
import { nodeWorkspace } from "./node-workspace.ts";
import type { PartAnswer, PartTask } from "./part-thread.ts";

/** The work of a thread that `partThread` asks. @throws UserError where the part alone cannot be read */
export async function answerPart({ folder, outside, part }: PartTask): Promise<PartAnswer> {
  const workspace = await nodeWorkspace(folder, outside);
  return { part: await readPartOf(await workspace.open(part.file), part) };
}
