/** The steps that bring a project's own tools and measure its model, as lines of a workflow. */
export interface ProjectSteps {
  setup: string[];
  commands: string[];
  /** Whether the commands were found in the repository; else the user writes them. */
  found: boolean;
}

/** What to run, by the files that lie in the repository's root. */
export async function projectSteps(exists: (path: string) => Promise<boolean>): Promise<ProjectSteps> {
  const has = async (...paths: string[]): Promise<string[]> => {
    const there = await Promise.all(paths.map(exists));
    return paths.filter((_, index) => there[index]);
  };
  const [requirements] = await has("requirements.txt");
  const [project] = await has("pyproject.toml", "setup.py");
  const python = ["uses: actions/setup-python@v6", 'with: { python-version: "3.13" }'];
  const install =
    requirements !== undefined ? [`pip install -r ${requirements}`] : project === undefined ? [] : ["pip install ."];
  const [dvc] = await has("dvc.yaml");
  if (dvc !== undefined) return { setup: python, commands: [...install, "pip install dvc", "dvc repro"], found: true };
  const scripts = await has("train.py", "evaluate.py", "eval.py");
  if (scripts.length > 0)
    return { setup: python, commands: [...install, scripts.map((name) => `python ${name}`).join(" && ")], found: true };
  const modules = await has("train.mjs", "train.js", "evaluate.mjs", "evaluate.js");
  if (modules.length > 0) {
    const [lock] = await has("package-lock.json");
    const node = ["uses: actions/setup-node@v6", "with: { node-version: 24 }"];
    return {
      setup: node,
      commands: [...(lock === undefined ? [] : ["npm ci"]), modules.map((name) => `node ${name}`).join(" && ")],
      found: true,
    };
  }
  const own = "echo 'Put the commands here that train and evaluate your model.'";
  return {
    setup: project === undefined && requirements === undefined ? [] : python,
    commands: [...install, own],
    found: false,
  };
}
