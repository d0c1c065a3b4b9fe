import { MOST_RUNS, rowsOfRun } from "@metricgate/core/baselines/record-files";
import type { Workspace } from "../ports/workspace.ts";
import { chainFiles } from "./folder.ts";

/** The bytes of an evaluation's rows and of those of its further training runs, in order. */
export interface RowsFiles {
  rows?: Uint8Array;
  repeats?: Uint8Array[];
}

/** The rows that lie beside an evaluation: `NAME-rows.csv` beside `NAME.json`, else `rows.csv`. The file may not exist. */
export async function rowsBeside(evaluation: string, workspace: Workspace): Promise<string> {
  const own = `${evaluation.replace(/\.json$/, "")}-${chainFiles.rows}`;
  return (await workspace.exists(own)) ? own : evaluation.replace(/[^/]*$/, chainFiles.rows);
}

/** Reads rows and those of further runs beside them; nothing when there are no rows. */
export async function readRowsFiles(rows: string, workspace: Workspace): Promise<RowsFiles> {
  if (!(await workspace.exists(rows))) return {};
  const repeats: Uint8Array[] = [];
  for (let run = 2; run <= MOST_RUNS; run += 1) {
    const path = rowsOfRun(rows, run);
    if (!(await workspace.exists(path))) break;
    repeats.push(await workspace.read(path));
  }
  return { rows: await workspace.read(rows), ...(repeats.length === 0 ? {} : { repeats }) };
}

/** Writes them under one name, and removes those of an earlier try that would lie beside them. Gives the paths written. */
export async function writeRowsFiles(path: string, files: RowsFiles, workspace: Workspace): Promise<string[]> {
  const kept = files.rows === undefined ? [] : [files.rows, ...(files.repeats ?? [])];
  const pathOf = (at: number) => (at === 0 ? path : rowsOfRun(path, at + 1));
  const written: string[] = [];
  for (const [at, bytes] of kept.entries()) {
    await workspace.write(pathOf(at), bytes);
    written.push(pathOf(at));
  }
  for (let at = kept.length; at < MOST_RUNS; at += 1) {
    if (at > 0 && !(await workspace.exists(pathOf(at)))) break;
    await workspace.remove(pathOf(at));
  }
  return written;
}
