import { type ReadMetrics, type ReadOptions, readMetrics } from "@metricgate/formats/metric-files/read-metrics";
import type { Workspace } from "../ports/workspace.ts";
import { besideOf } from "../workspace/beside-of.ts";

/** Reads a metric file of the workspace; the files that it names lie beside it and in the workspace too. @throws UserError as `readMetrics` */
export async function readMetricFile(
  path: string,
  { workspace }: { workspace: Workspace },
  format?: string,
  more: Pick<ReadOptions, "part" | "together"> = {},
): Promise<ReadMetrics> {
  return readMetrics(await workspace.open(path), {
    open: (relative) => workspace.open(besideOf(workspace.root, path, relative)),
    ...(format === undefined ? {} : { format }),
    ...more,
  });
}
