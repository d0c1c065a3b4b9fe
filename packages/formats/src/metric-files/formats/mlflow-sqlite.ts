import type { Note } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import { chooseRun, type MlflowRun, mlflowRuns } from "../../sqlite/mlflow-runs.ts";
import { openSqlite, type SqliteFile } from "../../sqlite/sqlite-file.ts";
import { shown } from "../../text/shown.ts";
import type { FoundCurve, FoundFile, MetricFile, MetricFormat } from "../metric-format.ts";

/** Points of one run's curves that are held; a run with more has none. */
const pointLimit = 2_000_000;

/** MLflow's database of runs, the default since MLflow 3.7. */
export const mlflowSqliteFormat: MetricFormat = {
  name: "mlflow-sqlite",
  proof: "tool",
  title: "MLflow database (mlflow.db)",
  usual: ["**/mlflow.db"],
  example: {
    path: "mlflow.db",
    base64:
      "U1FMaXRlIGZvcm1hdCAzAAIAAQEAQCAgAAAABQAAAAYAAAAAAAAAAAAAAAQAAAAEAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAFAC5jAQUAAAAAAgAAAAAABgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAANAAAAAQHvAAHvAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAPAQQAFxlmcmF1ZGFjdGl2ZQ0AAAABAc4AAc4AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADABCBUhCR0ZBQU1ZjNjY2FsbS1vd2wtN0ZJTklTSEVEYWN0aXZlAZqmtvcAAZqmt+FgDQAAAAIBuQAB3QG5AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIgIHHQcFFQEIYWNjdXJhY3k/7cKPXCj1wwGaprb3AjVmM2MCIQEHHQcFFQkIYWNjdXJhY3k/6euFHrhR7AGaprb3ATVmM2MNAAAAAQHcAAHcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACIBBx0HBQEIFWFjY3VyYWN5P+3Cj1wo9cMBmqa29wICNWYzYw0AAAAEAC4AAYgBEQCqAC4AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB6BAcXKSkBgS90YWJsZWxhdGVzdF9tZXRyaWNzbGF0ZXN0X21ldHJpY3MFQ1JFQVRFIFRBQkxFIGxhdGVzdF9tZXRyaWNzIChrZXksIHZhbHVlIEZMT0FULCB0aW1lc3RhbXAsIHN0ZXAsIGlzX25hbiwgcnVuX3V1aWQpZQMHFxsbAYEhdGFibGVtZXRyaWNzbWV0cmljcwRDUkVBVEUgVEFCTEUgbWV0cmljcyAoa2V5LCB2YWx1ZSBGTE9BVCwgdGltZXN0YW1wLCBydW5fdXVpZCwgc3RlcCwgaXNfbmFuKXUCBxcVFQGBTXRhYmxlcnVuc3J1bnMDQ1JFQVRFIFRBQkxFIHJ1bnMgKHJ1bl91dWlkLCBuYW1lLCBleHBlcmltZW50X2lkLCBzdGF0dXMsIGxpZmVjeWNsZV9zdGFnZSwgc3RhcnRfdGltZSwgZW5kX3RpbWUpdgEHFyMjAYEzdGFibGVleHBlcmltZW50c2V4cGVyaW1lbnRzAkNSRUFURSBUQUJMRSBleHBlcmltZW50cyAoZXhwZXJpbWVudF9pZCBJTlRFR0VSIFBSSU1BUlkgS0VZLCBuYW1lLCBsaWZlY3ljbGVfc3RhZ2Up",
  },
  takes:
    "The latest metrics of one finished run, as MLflow shows them, and their curves by step. It is the run that ended last in the only experiment that has one; `mlflow.db#EXPERIMENT`, `mlflow.db#RUN` or `mlflow.db#EXPERIMENT/RUN` names another, by name or id. Deleted runs and experiments, and runs that have not finished, are left out.",
  detect({ text, bytes, path }) {
    if (text !== undefined || Buffer.from(bytes.subarray(0, 16)).toString("latin1") !== "SQLite format 3\0")
      return undefined;
    return Buffer.from(bytes).toString("latin1").includes("latest_metrics") || /mlflow[^/\\]*\.db$/.test(path)
      ? "sure"
      : "likely";
  },
  read,
};

async function read(file: MetricFile): Promise<FoundFile> {
  const name = file.source.name;
  const database = await openSqlite(file.source);
  const notes: Note[] = [];
  await refuseUnfinished(file, database);
  if (!database.tables.includes("latest_metrics")) {
    throw new UserError(
      "mlflow-tables-missing",
      `${name} is a SQLite database without MLflow's tables.`,
      "Name the database that MLflow tracks to, usually mlflow.db.",
      { file: name },
    );
  }
  const run = chooseRun(await mlflowRuns(database), file.part, name);
  notes.push({
    code: "run",
    text: `Read from ${name}: the run ${shown(run.name)} (${run.id}) of the experiment ${shown(run.experiment)}.`,
  });
  const metrics: FoundFile["metrics"] = [];
  for await (const [key, value, marked, id] of database.rows("latest_metrics", [
    "key",
    "value",
    "is_nan",
    "run_uuid",
  ])) {
    if (id === run.id && typeof key === "string")
      metrics.push({ at: 0, metric: { name: key, ...latestValue(value, marked) } });
  }
  metrics.sort((a, b) => (a.metric.name < b.metric.name ? -1 : 1));
  return { metrics, ignored: [], notes, ...(await curvesOf(database, run, notes, name)) };
}

/** A write-ahead log or a journal beside the file holds changes that the file itself lacks. */
async function refuseUnfinished(file: MetricFile, database: SqliteFile): Promise<void> {
  const name = file.source.name;
  const base = name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
  for (const [ending, relevant] of [
    ["-wal", database.logged],
    ["-journal", !database.logged],
  ] as const) {
    if (!relevant) continue;
    const size = await file.open(base + ending).then((source) => source.size, nothingThere);
    if (size === 0) continue;
    throw new UserError(
      "sqlite-unfinished",
      `Changes of ${name} still stand in ${base}${ending}, so the file alone may be old.`,
      `Close what writes it, or run: sqlite3 ${base} 'PRAGMA wal_checkpoint(TRUNCATE);'`,
      { file: name },
    );
  }
}

function nothingThere(error: unknown): 0 {
  if (error instanceof UserError) return 0;
  throw error;
}

/** MLflow writes NaN as 0 with a mark, and infinity as the largest double. */
function latestValue(value: unknown, marked: unknown): { value: number } | { undefined: "not-finite" } {
  const finite = (marked === 0 || marked === null) && typeof value === "number" && Math.abs(value) < Number.MAX_VALUE;
  return finite && Number.isFinite(value) ? { value } : { undefined: "not-finite" };
}

async function curvesOf(
  database: SqliteFile,
  run: MlflowRun,
  notes: Note[],
  file: string,
): Promise<{ curves: FoundCurve[] }> {
  const points = new Map<string, { step: number; time: number; value: number }[]>();
  let count = 0;
  const columns = ["key", "value", "is_nan", "run_uuid", "step", "timestamp"];
  for await (const [key, value, marked, id, step, time] of database.rows("metrics", columns)) {
    if (id !== run.id || typeof key !== "string" || typeof value !== "number" || marked === 1) continue;
    if (Math.abs(value) === Number.MAX_VALUE) continue;
    const list = points.get(key) ?? [];
    if (list.length === 0) points.set(key, list);
    list.push({ step: Number(step), time: Number(time), value });
    if (++count <= pointLimit) continue;
    notes.push({
      code: "curves-left-out",
      text: `The run in ${file} has more than ${pointLimit} points, so its curves are left out.`,
    });
    return { curves: [] };
  }
  const curves = [...points].map(([name, list]): FoundCurve => {
    list.sort((a, b) => a.step - b.step || a.time - b.time || a.value - b.value);
    return { name, x: "step", points: list.map(({ step, value }): [number, number] => [step, value]) };
  });
  return { curves: curves.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
