import { inputs } from "@metricgate/action-evaluate/inputs";
import { UserError } from "@metricgate/core/errors/user-error";
import { flag } from "@metricgate/core/inputs/fields";
import { directionTable } from "@metricgate/core/metrics/directions";
import { metricFormats } from "@metricgate/formats/metric-files/format-list";
import type { ColumnChoice } from "@metricgate/formats/predictions/column-choice";
import { isPredictions } from "@metricgate/formats/predictions/is-predictions";
import { type ReadPredictions, readPredictions } from "@metricgate/formats/predictions/read-predictions";
import { askedColumns } from "@metricgate/pipeline/evaluate/asked-columns";
import { metricPattern, refuseUnknownFormat } from "@metricgate/pipeline/evaluate/metric-patterns";
import { readMetricFile } from "@metricgate/pipeline/evaluate/read-metric-file";
import { tableOrMetrics } from "@metricgate/pipeline/evaluate/table-or-metrics";
import type { Workspace } from "@metricgate/pipeline/ports/workspace";
import { nodeWorkspace } from "@metricgate/pipeline/workspace/node-workspace";
import { z } from "zod";
import type { Command, Terminal } from "../command.ts";
import { parseFlags } from "../flags.ts";
import { columns } from "../local/columns.ts";
import { explainedFile } from "../local/explained-file.ts";
import { explainedTable } from "../local/explained-table.ts";

const flags = z.strictObject({
  directions: flag(false, "List the names of metrics whose good direction is known."),
  json: flag(false, "Print JSON."),
  ...inputs.pick({ columns: true, slices: true, positive: true, task: true }).shape,
});

/** `metricgate formats [FILE] [--directions]`; of a prediction table with the flags that say what its columns mean. */
export const formatsCommand: Command = {
  words: "[FILE | FORMAT:FILE]",
  flags,
  summary: "lists the metric formats, or explains what is read from a metric file or a prediction table, and why",
  async run(argv, terminal) {
    const { flags: given, words } = parseFlags(flags, argv, 1);
    const [file] = words;
    if (file !== undefined && given.directions)
      throw new UserError("word-unexpected", "a file and --directions were both given", "Ask for one of the two.");
    if (given.directions) print(terminal, given.json, directionTable, directionLines);
    else if (file === undefined) print(terminal, given.json, listed(), formatLines);
    else {
      const workspace = await nodeWorkspace(terminal.folder, "allow");
      const { pattern, format, part } = metricPattern(file);
      if (!(await workspace.exists(pattern))) refuseUnknownFormat(pattern);
      const asked = askedColumns(given, undefined);
      const table = await tableIn(pattern, format ?? part, { workspace }, asked);
      if (table !== undefined) {
        const { rows, ...about } = table;
        const named = { rows: rows.count, columns: [...rows.columns.keys()], ...about };
        print(terminal, given.json, named, () => explainedTable(pattern, table));
        return 0;
      }
      const read = await readMetricFile(pattern, { workspace }, format, part === undefined ? {} : { part });
      const { rows, ...document } = read;
      if (given.json)
        terminal.out(
          `${JSON.stringify({ ...document, ...(rows === undefined ? {} : { rows: { count: rows.rows.count, task: rows.task } }) }, undefined, 2)}\n`,
        );
      else terminal.out(explainedFile(pattern, read));
    }
    return 0;
  },
};

/**
 * The prediction table that a file holds; undefined of a metric file, also where only its name says that it could be a table.
 * @throws UserError with the causes of both when it reads as neither
 */
async function tableIn(
  path: string,
  named: string | undefined,
  { workspace }: { workspace: Workspace },
  asked: ColumnChoice,
): Promise<ReadPredictions | undefined> {
  if (named !== undefined || !(await isPredictions(await workspace.open(path)))) return undefined;
  return tableOrMetrics(
    async () => readPredictions(await workspace.open(path), asked),
    () => readMetricFile(path, { workspace }),
  );
}

function print<T>(terminal: Terminal, json: boolean, value: T, lines: (value: T) => string): void {
  terminal.out(json ? `${JSON.stringify(value, undefined, 2)}\n` : lines(value));
}

function listed(): { name: string; title: string; usual: readonly string[]; takes: string }[] {
  return metricFormats.map(({ name, title, usual, takes }) => ({ name, title, usual, takes }));
}

function formatLines(formats: ReturnType<typeof listed>): string {
  return columns(formats.map(({ name, title, usual }) => [name, title, usual.join(" ")]));
}

function directionLines(table: typeof directionTable): string {
  const arrow = { up: "higher is better", down: "lower is better" };
  return columns(table.map(({ name, direction, source }) => [name, arrow[direction], source]));
}
