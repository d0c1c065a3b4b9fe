import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A table as Python sees it: columns of equal length. */
export interface OracleTable {
  task: "classification" | "regression";
  positive?: string;
  label: string[] | number[];
  prediction?: string[] | number[];
  score?: number[];
  scores?: Record<string, number[]>;
  weight?: number[];
}

/** One call of a statistical function by its name in oracle.py. */
export interface OracleCall {
  name: string;
  args: unknown[];
}

/** What Python answers: text where a number is not finite. */
export interface OracleAnswer {
  calls: (number | string | (number | string)[])[];
}

const python = process.env.METRICGATE_PYTHON ?? "python3";
const present = spawnSync(python, ["-c", "import sklearn, statsmodels, scipy"]).status === 0;
const required = process.env.METRICGATE_REQUIRE_REAL === "1";
if (!present)
  console.warn(
    "Oracle tier: scikit-learn, scipy and statsmodels are missing; pip install -r test/oracle/requirements.txt",
  );

/** Whether the oracle's tests run: its packages are there, or must be. */
export const oracleRuns = present || required;

/** Asks scikit-learn, scipy and statsmodels. @throws Error when Python fails */
export function askPython(question: { calls: OracleCall[] }): OracleAnswer {
  return askScript("oracle.py", question);
}

/** Asks a script of this folder, JSON in and JSON out. @throws Error when Python fails */
export function askScript<Answer>(name: string, question: unknown): Answer {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const answer = spawnSync(python, [script], { input: JSON.stringify(question), maxBuffer: 2 ** 28, encoding: "utf8" });
  if (answer.status !== 0) throw new Error(`${name} ended with ${answer.status}: ${answer.stderr}`);
  return JSON.parse(answer.stdout);
}
