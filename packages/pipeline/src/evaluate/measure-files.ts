import type { Metric } from "@metricgate/core/documents/evaluation";
import type { Note } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import { readMetrics } from "@metricgate/formats/metric-files/read-metrics";
import type { Workspace } from "../ports/workspace.ts";

/** Reads the metric files that the patterns match, in the order of their paths. @throws UserError `no-files-match`, `metric-twice` */
export async function measureFiles(
  patterns: readonly string[],
  { workspace }: { workspace: Workspace },
): Promise<{ metrics: Metric[]; notes: Note[] } | undefined> {
  if (patterns.length === 0) return undefined;
  const paths = await matching(patterns, workspace);
  const metrics: Metric[] = [];
  const notes: Note[] = [];
  const seen = new Map<string, string>();
  for (const path of paths) {
    const read = await readMetrics(await workspace.open(path));
    for (const metric of read.metrics) {
      const key = JSON.stringify([metric.name, Object.entries(metric.slice ?? {}).sort()]);
      const before = seen.get(key);
      if (before !== undefined) {
        throw new UserError(
          "metric-twice",
          `the metric ${metric.name} stands in ${before} and in ${path}`,
          "Name one of the files only; a pattern may match the baseline's file too.",
          { file: path, ...(metric.from?.line === undefined ? {} : { line: metric.from.line }) },
        );
      }
      seen.set(key, path);
    }
    metrics.push(...read.metrics);
    notes.push(...read.notes);
  }
  return { metrics, notes };
}

async function matching(patterns: readonly string[], workspace: Workspace): Promise<string[]> {
  const all = new Set<string>();
  for (const pattern of patterns) {
    if (pattern.startsWith("!")) continue;
    const found = await workspace.find([pattern, ...patterns.filter((other) => other.startsWith("!"))]);
    if (found.length === 0) {
      throw new UserError(
        "no-files-match",
        `no file matches ${pattern}`,
        "Check the pattern, and that the step that writes the metrics ran before; paths start at `working-directory`.",
        { file: pattern },
      );
    }
    for (const path of found) all.add(path);
  }
  return [...all].sort();
}
