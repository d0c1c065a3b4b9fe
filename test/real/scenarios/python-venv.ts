import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";

const folder = resolve(import.meta.dirname, "../../../.cache/venv");

/** A virtual environment with scikit-learn, or in one line what is missing and how to get it. */
export type PythonVenv = { ready: true; folder: string } | { ready: false; missing: string };

/** Looks for it. With METRICGATE_REQUIRE_REAL=1 a missing one throws, as in `realTier`. */
export function pythonVenv(env: Readonly<Record<string, string | undefined>> = process.env): PythonVenv {
  const { status } = spawnSync(join(folder, "bin/python"), ["-c", "import sklearn"], { timeout: 60_000 });
  if (status === 0) return { ready: true, folder };
  const line = "The quick start in Python needs scikit-learn in .cache/venv: run test/servers/install-real.sh.";
  if (env.METRICGATE_REQUIRE_REAL === "1") throw new Error(line);
  return { ready: false, missing: line };
}
