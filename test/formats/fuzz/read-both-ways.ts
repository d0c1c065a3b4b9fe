import { UserError } from "@metricgate/core/errors/user-error";
import type { RowTable } from "@metricgate/core/tables/row-table";
import { textsOf } from "@metricgate/core/tables/text-cells";
import { type ReadMetrics, readMetrics } from "@metricgate/formats/metric-files/read-metrics";
import { readPredictions } from "@metricgate/formats/predictions/read-predictions";
import { memorySource } from "@metricgate/formats/testing/memory-source";
import { place, type Reading } from "./json-readings.ts";

/** What became of one file: read, or refused with codes; anything else that was thrown is a crash. */
export type Outcome<T> = { read: T } | { refused: string } | { crashed: string };

/** How long one file may take, in milliseconds of this process's own work. */
export const hangLimit = 1000;

/** Tries one file, and says how long it took. */
export async function attempt<T>(read: () => Promise<T>): Promise<{ outcome: Outcome<T>; took: number }> {
  const start = process.cpuUsage();
  const outcome = await outcomeOf(read);
  const used = process.cpuUsage(start);
  return { outcome, took: (used.user + used.system) / 1000 };
}

async function outcomeOf<T>(read: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { read: await read() };
  } catch (thrown) {
    if (thrown instanceof UserError) return { refused: thrown.problems.map(({ code }) => code).join() };
    return { crashed: thrown instanceof Error ? String(thrown.stack) : String(thrown) };
  }
}

/** The metrics of a file in memory. Files that it names hold one metric. */
export const metricsOf = (path: string, bytes: Uint8Array): Promise<ReadMetrics> =>
  readMetrics(memorySource(path, bytes), {
    open: async (relative) => {
      if (relative === "metrics.json") return memorySource(relative, '{"test": {"accuracy": 0.93}}');
      throw new UserError("file-missing", `${relative} does not exist`, "Check it.", { file: relative });
    },
  });

/** What was read as a reading; `best(…)` is another's value and left to the tests of histories. */
export const readingOf = ({ metrics }: Pick<ReadMetrics, "metrics">): Reading =>
  new Map(
    metrics
      .filter(({ name }) => !/^best\(.*\)$/s.test(name))
      .map(({ name, slice = {}, value }) => [place(name, slice), value]),
  );

/** One row of a prediction table as texts. */
export type Row = Record<string, string>;

/** The rows of a prediction table in memory, by id. */
export async function rowsOf(path: string, bytes: Uint8Array): Promise<Row[]> {
  const choice = {
    id: "id",
    label: "label",
    score: "score",
    positive: "1",
    slices: ["country"],
    task: "classification",
  } as const;
  const { rows } = await readPredictions(memorySource(path, bytes), choice);
  const ids = textsOf(rows.ids);
  return ids.map((id, row) => ({
    id,
    ...Object.fromEntries([...rows.columns.keys()].map((name) => [name, cellOf(rows, name, row)])),
  }));
}

function cellOf(rows: RowTable, name: string, row: number): string {
  const column = rows.columns.get(name);
  if (column?.type === "number") return String(column.values[row]);
  return column?.type === "category" ? (column.names[column.codes[row] ?? -1] ?? "") : "";
}

/** Where two readings differ; undefined where they do not. */
export function difference(ours: Reading, theirs: Reading): string | undefined {
  for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
    if (!ours.has(key) || !theirs.has(key) || !Object.is(plain(ours.get(key)), plain(theirs.get(key))))
      return `${key}: ${ours.has(key) ? ours.get(key) : "absent"}, elsewhere ${theirs.has(key) ? theirs.get(key) : "absent"}`;
  }
  return undefined;
}

/** No reader tells −0 from 0. */
const plain = (value: number | undefined): number | undefined => (value === 0 ? 0 : value);
