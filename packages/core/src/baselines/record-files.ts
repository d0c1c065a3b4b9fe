import type { BaselineFiles } from "../ports/baseline-store.ts";

const evaluationName = "evaluation.json";
const rowsName = "rows.csv";

/** More training runs of one version than this are not taken. */
export const MOST_RUNS = 100;

/** The rows of a further training run beside those of the first: `rows-2.csv` beside `rows.csv`. */
export function rowsOfRun(rows: string, run: number): string {
  return rows.replace(/(\.csv)?$/, `-${run}$1`);
}

/** The files of a record by name: `evaluation.json`, `rows.csv`, `rows-2.csv` and so on. */
export function recordFiles({ evaluation, rows, repeats = [] }: BaselineFiles): Map<string, Uint8Array> {
  const files = new Map([[evaluationName, evaluation]]);
  if (rows !== undefined) files.set(rowsName, rows);
  repeats.forEach((bytes, at) => {
    files.set(rowsOfRun(rowsName, at + 2), bytes);
  });
  return files;
}

/** The files of a record, read by their names; undefined when it holds no evaluation. */
export async function filesOfRecord(
  read: (name: string) => Promise<Uint8Array | undefined>,
): Promise<BaselineFiles | undefined> {
  const evaluation = await read(evaluationName);
  if (evaluation === undefined) return undefined;
  const rows = await read(rowsName);
  if (rows === undefined) return { evaluation };
  const repeats: Uint8Array[] = [];
  for (let run = 2; run <= MOST_RUNS; run += 1) {
    const bytes = await read(rowsOfRun(rowsName, run));
    if (bytes === undefined) break;
    repeats.push(bytes);
  }
  return { evaluation, rows, ...(repeats.length === 0 ? {} : { repeats }) };
}
