import type { Curve, Metric } from "@metricgate/core/documents/evaluation";
import type { Note } from "@metricgate/core/documents/fields";
import { metricKey } from "@metricgate/core/documents/metric-key";
import { UserError } from "@metricgate/core/errors/user-error";
import { metricsFromRows } from "@metricgate/core/metrics/from-rows";
import { codePointOrder } from "@metricgate/core/text/code-point-order";
import type { ReadMetrics } from "@metricgate/formats/metric-files/read-metrics";
import type { Workspace } from "../ports/workspace.ts";
import type { MeasuredRows } from "./measure-predictions.ts";
import { type MetricPattern, metricPattern, refuseUnknownFormat } from "./metric-patterns.ts";
import { readMetricFile } from "./read-metric-file.ts";

/** Curves of one evaluation that are kept. */
const mostCurves = 1000;

/** The format and the part of a file, where the user says them. */
type ReadAs = Omit<MetricPattern, "pattern">;

/** What metric files hold together. */
export interface MeasuredFiles {
  metrics: Metric[];
  curves: Curve[];
  notes: Note[];
  /** What the tools say about the data they measured on; equal text means the same eval set. */
  evalSet?: { id?: string; text?: string };
  /** The rows that a tool wrote, with what is computed from them. */
  table?: MeasuredRows;
}

/**
 * Reads the metric files that the patterns match, in the order of their paths; `FORMAT:PATTERN` forces a format.
 * @throws UserError `no-files-match`, `not-a-file`, `outside-workspace`, `metric-twice`, `format-conflict`, and those of `readMetrics`
 */
export async function measureFiles(
  patterns: readonly string[],
  { workspace, level = 0.95 }: { workspace: Workspace; level?: number },
): Promise<MeasuredFiles | undefined> {
  if (patterns.length === 0) return undefined;
  return measured(await matching(patterns, workspace), workspace, level);
}

/** As `measureFiles`, of one file by its path. */
export async function measureFile(
  path: string,
  { workspace, level }: { workspace: Workspace; level: number },
): Promise<MeasuredFiles> {
  return measured([[path, {}]], workspace, level);
}

async function measured(
  files: readonly [path: string, as: ReadAs][],
  workspace: Workspace,
  level: number,
): Promise<MeasuredFiles> {
  const found: MeasuredFiles = { metrics: [], curves: [], notes: [] };
  const said: { id?: string; text?: string }[] = [];
  const seen = new Map<string, string>();
  const joined = new Set<string>();
  for (const [path, { format, part }] of files) {
    if (joined.has(path)) continue;
    const beside = () => files.filter(([other]) => other !== path && folderOf(other) === folderOf(path));
    const read = await readMetricFile(path, { workspace }, format, {
      ...(part === undefined ? {} : { part }),
      together: () => Promise.all(beside().map(([other]) => workspace.open(other))),
    });
    for (const other of read.joined) joined.add(other);
    for (const metric of files.length === 1 ? [] : read.metrics) {
      const key = metricKey(metric.name, metric.slice);
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
    for (const metric of read.metrics) found.metrics.push(metric);
    found.notes.push(...read.notes);
    found.curves.push(...read.curves.slice(0, mostCurves - found.curves.length));
    if (read.evalSet !== undefined) said.push(read.evalSet);
    if (read.rows !== undefined) addRows(found, read.rows, path, level);
  }
  const evalSet = together(said);
  return evalSet === undefined ? found : { ...found, evalSet };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

function addRows(found: MeasuredFiles, rows: NonNullable<ReadMetrics["rows"]>, path: string, level: number): void {
  if (found.table !== undefined) {
    const text = `The rows of ${path} were left out: the rows of one file only are kept.`;
    found.notes.push({ code: "rows-left-out", text });
    return;
  }
  found.table = { ...rows, metrics: metricsFromRows(rows.rows, rows.task, { level }), notes: [] };
}

/** What several files say about their data is one text, whatever their order. */
function together(said: readonly { id?: string; text?: string }[]): MeasuredFiles["evalSet"] {
  const ids = [...new Set(said.flatMap(({ id }) => (id === undefined ? [] : [id])))].sort(codePointOrder);
  const texts = said.flatMap(({ text }) => (text === undefined ? [] : [text])).sort(codePointOrder);
  if (ids.length === 0 && texts.length === 0) return undefined;
  return {
    ...(ids.length === 0 ? {} : { id: ids.join(" ") }),
    ...(texts.length === 0 ? {} : { text: texts.length === 1 ? (texts[0] ?? "") : JSON.stringify(texts) }),
  };
}

/** The files by path with what the patterns say about them. */
async function matching(patterns: readonly string[], workspace: Workspace): Promise<[path: string, as: ReadAs][]> {
  const all = new Map<string, ReadAs>();
  const without = patterns.filter((other) => other.startsWith("!"));
  for (const written of patterns) {
    if (written.startsWith("!")) continue;
    const { pattern, ...as } = metricPattern(written);
    const found = await workspace.find([pattern, ...without]);
    // A folder or a link by its name is no match of a pattern: opening it says what it is, and a link inside the workspace is read.
    if (found.length === 0 && !/[*?[\]{}()!\\]/.test(pattern) && (await workspace.exists(pattern))) {
      await workspace.open(pattern);
      found.push(pattern);
    }
    if (found.length === 0) {
      refuseUnknownFormat(pattern);
      throw new UserError(
        "no-files-match",
        `no file matches ${pattern}`,
        "Check the pattern, and that the step that writes the metrics ran before; paths start at `working-directory`.",
        { file: pattern },
      );
    }
    for (const path of found) {
      const before = all.get(path);
      const conflict = (["format", "part"] as const).find(
        (key) => as[key] !== undefined && before?.[key] !== undefined && before[key] !== as[key],
      );
      if (conflict !== undefined) {
        const text = `${path} is to be read as ${before?.[conflict]} and as ${as[conflict]}`;
        throw new UserError("format-conflict", text, "Let one pattern match it.", { file: path });
      }
      all.set(path, { ...before, ...as });
    }
  }
  return [...all].sort(([a], [b]) => codePointOrder(a, b));
}
