import { MOST_RUNS } from "@metricgate/core/baselines/record-files";
import type { Metric, RowsTask } from "@metricgate/core/documents/evaluation";
import type { Note } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import { bearsOnTrust } from "@metricgate/core/gates/measured-notes";
import { meanOfRuns } from "@metricgate/core/metrics/mean-of-runs";
import type { ModelPolicy } from "@metricgate/core/policy/schema";
import type { RowTable } from "@metricgate/core/tables/row-table";
import { codePointOrder } from "@metricgate/core/text/code-point-order";
import { isPredictions } from "@metricgate/formats/predictions/is-predictions";
import type { Hashing } from "../ports/hashing.ts";
import type { Workspace } from "../ports/workspace.ts";
import type { EvaluateRequest } from "./evaluate-ports.ts";
import { type MeasuredRows, measurePredictions } from "./measure-predictions.ts";
import { readMetricFile } from "./read-metric-file.ts";
import { refuseCopies } from "./refuse-copies.ts";
import { checkSameRows } from "./same-rows.ts";

/** What run 1 measured: its metric files and its prediction table. */
export interface FirstRun {
  files: { metrics: Metric[] } | undefined;
  table: MeasuredRows | undefined;
}

/** All runs together: metrics with the runs' values, the further runs' rows, and the task with the classes of every run. */
export interface Repeated {
  metrics: Metric[];
  rows: RowTable[];
  task?: RowsTask;
  notes: Note[];
}

interface FileOfRun {
  path: string;
  metrics: Metric[];
  notes: Note[];
}

/**
 * Measures further training runs of the same version: their prediction tables (the same ids, labels, weights, groups and slices as run 1)
 * and their metric files. A metric that they measure becomes the mean of all runs. The files of run 1 may be matched too and are left out.
 * @throws UserError `no-files-match`, `repeats-too-many`, `repeat-without-table`, `repeat-differs`, `repeat-copied`, `repeats-uneven`
 */
export async function measureRepeats(
  request: EvaluateRequest,
  policy: ModelPolicy | undefined,
  { files, table }: FirstRun,
  { workspace, hashing }: { workspace: Workspace; hashing: Hashing },
): Promise<Repeated> {
  const first = [...(files?.metrics ?? []), ...(table?.metrics ?? [])];
  const ofFirst = await filesOfFirst(request, policy, workspace);
  const paths = await furtherFiles(request, ofFirst, workspace);
  if (paths.length === 0) return { metrics: first, rows: [], notes: [] };
  await refuseCopies(ofFirst, paths, { workspace, hashing });
  const ofFiles: FileOfRun[] = [];
  const ofTables: FileOfRun[] = [];
  const rows: RowTable[] = [];
  const classes = new Set(table?.task.classes);
  for (const path of paths) {
    if (!(await isPredictions(await workspace.open(path)))) {
      const { metrics, notes } = await readMetricFile(path, { workspace });
      ofFiles.push({ path, metrics, notes });
      continue;
    }
    const main = mainTable(table, path);
    const { positive, compute } = main.task;
    const like = { ...request, predictions: path, compute, ...(positive === undefined ? {} : { positive }) };
    const measured = await measurePredictions(like, policy, { workspace });
    if (measured === undefined) continue;
    checkSameRows(main, measured, path);
    for (const name of measured.task.classes ?? []) classes.add(name);
    rows.push(measured.rows);
    ofTables.push({ path, metrics: measured.metrics, notes: measured.notes });
  }
  const level = policy?.confidence ?? 0.95;
  const metrics = [
    ...meanMetrics(files?.metrics ?? [], ofFiles, level),
    ...meanMetrics(table?.metrics ?? [], ofTables, level),
  ];
  const task = table === undefined ? {} : { task: withClasses(table.task, classes) };
  const all = [...ofFiles, ...ofTables];
  // How the further files are read is said of the first.
  const ofThem = all.flatMap(({ notes }) => notes.filter(bearsOnTrust));
  return { metrics, rows, ...task, notes: [...ofThem, ...notesOf(first, metrics, all)] };
}

/** The metric files and the prediction table of run 1; none where no further runs are asked for. */
async function filesOfFirst(
  request: EvaluateRequest,
  policy: ModelPolicy | undefined,
  workspace: Workspace,
): Promise<string[]> {
  if ((request.repeats ?? []).length === 0) return [];
  const metrics = request.metrics ?? policy?.metrics ?? [];
  const table = request.predictions ?? policy?.predictions?.path;
  return [...(metrics.length === 0 ? [] : await workspace.find(metrics)), ...(table === undefined ? [] : [table])];
}

/** The files that `repeats` names without those of run 1, by code point. */
async function furtherFiles(
  request: EvaluateRequest,
  ofFirst: readonly string[],
  workspace: Workspace,
): Promise<string[]> {
  const patterns = request.repeats ?? [];
  if (patterns.length === 0) return [];
  const found = await workspace.find(patterns);
  if (found.length === 0) {
    throw new UserError(
      "no-files-match",
      `no file matches repeats ${patterns.join(", ")}`,
      "Check the pattern, and that the further runs were trained; paths start at `working-directory`.",
      { file: patterns[0] ?? "" },
    );
  }
  const first = new Set(await Promise.all(ofFirst.map((path) => workspace.resolve(path))));
  const further: string[] = [];
  for (const path of found) if (!first.has(await workspace.resolve(path))) further.push(path);
  if (further.length >= MOST_RUNS) {
    throw new UserError(
      "repeats-too-many",
      `repeats matches ${further.length} files, and ${MOST_RUNS - 1} are the most`,
      "Name the files of fewer runs.",
      { file: further[0] ?? "" },
    );
  }
  return further;
}

function mainTable(table: MeasuredRows | undefined, path: string): MeasuredRows {
  if (table !== undefined) return table;
  throw new UserError(
    "repeat-without-table",
    `${path} is a prediction table, and no prediction table of the first run was given`,
    "Give the first run's table as `predictions`.",
    { file: path },
  );
}

/** Each metric of run 1 with its values in the other runs. A metric must be in all files of the other runs, or in none. */
function meanMetrics(first: readonly Metric[], files: readonly FileOfRun[], level: number): Metric[] {
  const keyed = files.map(({ path, metrics }) => ({ path, byKey: new Map(metrics.map((one) => [keyOf(one), one])) }));
  const others = first.map((metric) => keyed.flatMap(({ byKey }) => byKey.get(keyOf(metric)) ?? []));
  const runs = Math.max(0, ...others.map((values) => values.length));
  return first.map((metric, at) => {
    const values = others[at] ?? [];
    if (values.length === 0) return metric;
    if (values.length < runs) {
      const key = keyOf(metric);
      const lacking = keyed.find(({ byKey }) => !byKey.has(key));
      throw new UserError(
        "repeats-uneven",
        `${metric.name} stands in ${values.length} of ${runs} further runs, and not in ${lacking?.path}`,
        "Let every run write the same metrics.",
        { file: lacking?.path ?? "" },
      );
    }
    return meanOfRuns([metric, ...values], level);
  });
}

function withClasses(task: RowsTask, classes: ReadonlySet<string>): RowsTask {
  if (task.classes === undefined || classes.size === task.classes.length) return task;
  return { ...task, classes: [...classes].sort(codePointOrder) };
}

function notesOf(first: readonly Metric[], metrics: readonly Metric[], files: readonly FileOfRun[]): Note[] {
  const repeated = metrics.filter((metric, at) => metric !== first[at]);
  const single = metrics.filter((metric, at) => metric === first[at] && metric.slice === undefined);
  const runs = Math.max(...repeated.map(({ repeats }) => repeats?.length ?? 0), 0);
  const known = new Set(first.map(keyOf));
  const unknown = new Set(
    files.flatMap((file) => file.metrics.filter((one) => !known.has(keyOf(one))).map(({ name }) => name)),
  );
  const names = (list: Iterable<string>) => [...list].slice(0, 5).join(", ");
  return [
    ...(runs === 0 ? [] : [{ code: "repeats", text: `Values are the mean of ${runs} training runs.` }]),
    ...(single.length === 0
      ? []
      : [
          { code: "repeats-single", text: `Measured in the first run only: ${names(single.map(({ name }) => name))}.` },
        ]),
    ...(unknown.size === 0
      ? []
      : [{ code: "repeats-unknown", text: `Not in the first run, and left out: ${names(unknown)}.` }]),
  ];
}

function keyOf({ name, slice }: Metric): string {
  return JSON.stringify([name, Object.entries(slice ?? {}).sort(([a], [b]) => codePointOrder(a, b))]);
}
