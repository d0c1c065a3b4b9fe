import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import type { LoggedRequest } from "./double/request-log.ts";
import type { GitHubServer } from "./double/start.ts";
import { secretFor } from "./double/tokens.ts";
import { inputEnvironment, readActionFile } from "./runner/action-file.ts";
import { runChild } from "./runner/child.ts";
import { type RunFacts, runnerEnvironment } from "./runner/environment.ts";
import type { RunnerEvent } from "./runner/events.ts";
import { readPairs } from "./runner/file-commands.ts";
import { type LogCommand, readLog } from "./runner/log-commands.ts";

export interface RunActionOptions {
  /** A folder of `actions/`, `root` for the repository's own action, or an absolute folder with an action.yml. */
  action: string;
  /** Run this file in place of the action's `main`; for a source entry give `nodeArguments` too. */
  entry?: string;
  inputs?: Readonly<Record<string, string>>;
  event: RunnerEvent;
  /** The job's folder; the step starts in it. */
  workspace: string;
  double: GitHubServer;
  /** GITHUB_TOKEN; the server's first token when left out, its first read-only one for a fork's or Dependabot's event. */
  token?: string;
  run?: Partial<RunFacts>;
  /** Variables of the step's own `env:`. */
  env?: Readonly<Record<string, string>>;
  /** The Node to run with; this one when left out. */
  node?: string;
  nodeArguments?: readonly string[];
  /** Killed after that; 60 s when left out. */
  limitMs?: number;
  /** Called with the pid once the child runs, for tests that send signals. */
  onStart?: (pid: number) => void;
}

export interface Annotation {
  level: "error" | "warning" | "notice";
  message: string;
  properties: Readonly<Record<string, string>>;
}

export interface ActionResult {
  exitCode: number | null;
  signal: string | null;
  outputs: Record<string, string>;
  state: Record<string, string>;
  /** What the step wrote for later steps. */
  env: Record<string, string>;
  paths: string[];
  summary: string;
  annotations: Annotation[];
  /** The commands that took effect, in order. */
  commands: LogCommand[];
  /** The log without its commands, secrets masked. */
  log: string;
  /** Everything that the child printed, as it came. */
  raw: string;
  /** The requests that this step made. */
  requests: LoggedRequest[];
}

const root = resolve(import.meta.dirname, "../..");

/** Runs the action's `main` as the runner would run the step. */
export function runAction(options: RunActionOptions): Promise<ActionResult> {
  return runStage(options, "main", {});
}

/** Runs the action's `post` with the state that `main` saved. Throws when the action has none. */
export function runPost(options: RunActionOptions, main: ActionResult): Promise<ActionResult> {
  return runStage(options, "post", main.state);
}

async function runStage(
  options: RunActionOptions,
  stage: "main" | "post",
  state: Readonly<Record<string, string>>,
): Promise<ActionResult> {
  const folder = isAbsolute(options.action)
    ? options.action
    : options.action === "root"
      ? root
      : join(root, "actions", options.action);
  const action = readActionFile(folder);
  const entry = options.entry ?? (stage === "main" ? action.main : action.post);
  if (entry === undefined) throw new Error(`${options.action} has no ${stage} step.`);
  const place = mkdtempSync(join(tmpdir(), "runner-"));
  try {
    const places = {
      workspace: options.workspace,
      temp: join(place, "temp"),
      toolCache: join(place, "tools"),
      home: join(place, "home"),
      eventFile: join(place, "event.json"),
    };
    for (const name of [places.temp, places.toolCache, places.home]) mkdirSync(name);
    writeFileSync(places.eventFile, JSON.stringify(options.event.payload));
    const files = commandFiles(place);
    const run: RunFacts = {
      id: 77,
      attempt: 1,
      path: ".github/workflows/ci.yml",
      name: "ci",
      job: "job",
      ...options.run,
    };
    const { double, event } = options;
    const base = runnerEnvironment(event, run, places, double);
    const token = options.token ?? secretFor(double.tokens, event.readOnly);
    const inputs = inputEnvironment(action.inputs, options.inputs ?? {}, contextsOf(base, token));
    const env = {
      ...base,
      ACTIONS_RUNTIME_TOKEN: double.runtimeToken(run.id, run.attempt, { scopes: event.cacheScopes }),
      ACTIONS_RUNTIME_URL: double.resultsUrl,
      ACTIONS_RESULTS_URL: double.resultsUrl,
      ACTIONS_CACHE_SERVICE_V2: "True",
      ...options.env,
      ...inputs,
      ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
      ...files,
    };
    const before = double.requests.length;
    const args = [...(options.nodeArguments ?? []), resolve(folder, entry)];
    const child = await runChild(options.node ?? process.execPath, args, {
      cwd: options.workspace,
      env,
      limitMs: options.limitMs ?? 60_000,
      ...(options.onStart === undefined ? {} : { onStart: options.onStart }),
    });
    const { commands, text } = readLog(child.output);
    const named = (name: string) =>
      Object.fromEntries(
        commands.filter((one) => one.name === name).map((one) => [one.properties.name ?? "", one.data]),
      );
    const read = (name: keyof typeof files) => readFileSync(files[name], "utf8");
    return {
      exitCode: child.exitCode,
      signal: child.signal,
      outputs: { ...named("set-output"), ...readPairs(read("GITHUB_OUTPUT")) },
      state: { ...named("save-state"), ...readPairs(read("GITHUB_STATE")) },
      env: readPairs(read("GITHUB_ENV")),
      paths: read("GITHUB_PATH")
        .split("\n")
        .filter((line) => line !== ""),
      summary: read("GITHUB_STEP_SUMMARY"),
      annotations: [...unexpectedInputs(action.inputs, options.inputs ?? {}), ...annotationsIn(commands)],
      commands,
      log: text,
      raw: child.output,
      requests: double.requests.slice(before),
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** The files for a step's own commands, empty at the start. */
function commandFiles(place: string) {
  const files = {
    GITHUB_OUTPUT: join(place, "output"),
    GITHUB_STATE: join(place, "state"),
    GITHUB_ENV: join(place, "env"),
    GITHUB_PATH: join(place, "path"),
    GITHUB_STEP_SUMMARY: join(place, "summary"),
  };
  for (const file of Object.values(files)) writeFileSync(file, "");
  return files;
}

function contextsOf(env: Readonly<Record<string, string>>, token: string): Record<string, string> {
  const pairs = Object.entries(env).map(([name, value]): [string, string] => [
    name.toLowerCase().replace(/^(github|runner)_/, "$1."),
    value,
  ]);
  return { ...Object.fromEntries(pairs), "github.token": token };
}

function annotationsIn(commands: readonly LogCommand[]): Annotation[] {
  return commands.flatMap((one): Annotation[] =>
    one.name === "error" || one.name === "warning" || one.name === "notice"
      ? [{ level: one.name, message: one.data, properties: one.properties }]
      : [],
  );
}

/** The runner warns of an input that the action does not declare, and passes it all the same. */
function unexpectedInputs(
  declared: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
): Annotation[] {
  const unknown = Object.keys(given).filter((name) => declared[name] === undefined);
  if (unknown.length === 0) return [];
  const quoted = (names: string[]) => names.map((name) => `'${name}'`).join(", ");
  const message = `Unexpected input(s) ${quoted(unknown)}, valid inputs are [${quoted(Object.keys(declared))}]`;
  return [{ level: "warning", message, properties: {} }];
}
