import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");

/** A metric file of a tool: who writes it, where it lies in a project, and a metric of it that is worse when the model is. */
export interface ToolFile {
  format: string;
  writer: string;
  /** Below the folder of test/formats/write-files.py; a folder or a file. */
  written: string;
  /** In the project. */
  path: string;
  /** What `metrics:` says. */
  metrics: string;
  worse: string;
}

/** Six tools, and the paths that people give their files. */
export const toolFiles: readonly ToolFile[] = [
  file("sklearn-report", "sklearn_report", "sklearn/report.json", "out/classification_report.json", "accuracy"),
  file("history-json", "xgboost_history", "xgboost/evals_result.json", "out/evals_result.json", "valid.logloss"),
  file("mlflow-file", "mlflow_files", "mlflow/mlruns", "mlruns", "val/accuracy", "mlruns/*/*/metrics/val/accuracy"),
  file("dvclive", "dvclive_files", "dvclive/dvclive/metrics.json", "dvclive/metrics.json", "val.accuracy"),
  file("lm-eval", "lm_eval_results", "lm-eval/out", "lm", "sums.acc", "lm/**/results_*.json"),
  file(
    "evidently",
    "evidently_report",
    "evidently/evidently.json",
    "out/evidently.json",
    "Accuracy(classification_name=default)",
  ),
];

function file(format: string, writer: string, written: string, path: string, worse: string, metrics = path): ToolFile {
  return { format, writer, written, path, metrics, worse };
}

/** The files of two models, each written by the tools themselves. */
export interface ToolVersions {
  /** Puts the files of one model into a project, in place of the other's. */
  put(project: string, version: "baseline" | "worse"): void;
  remove(): void;
}

/** Has the tools write them, with the Python of .cache/venv. */
export function writeToolFiles(python: string): ToolVersions {
  const folder = mkdtempSync(join(tmpdir(), "tool-files-"));
  for (const version of ["baseline", "worse"]) {
    const more = version === "worse" ? ["--worse"] : [];
    const script = join(root, "test/formats/write-files.py");
    const args = [script, join(folder, version), ...toolFiles.map(({ writer }) => writer), ...more];
    const done = spawnSync(python, args, { encoding: "utf8", timeout: 280_000 });
    if (done.status !== 0) throw new Error(done.stderr);
  }
  return {
    put(project, version) {
      for (const { written, path } of toolFiles) {
        rmSync(join(project, path), { recursive: true, force: true });
        mkdirSync(dirname(join(project, path)), { recursive: true });
        cpSync(join(folder, version, written), join(project, path), { recursive: true });
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
