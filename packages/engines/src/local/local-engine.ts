import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { closeSync, statSync } from "node:fs";
import { UnavailableError } from "@metricgate/core/errors/unavailable-error";
import { UserError } from "@metricgate/core/errors/user-error";
import type { CommandResult, CommandSpec, Engine } from "@metricgate/core/ports/engine";
import { type Clock, systemClock } from "./clock.ts";
import { endOfTree } from "./end-of-tree.ts";
import { type OutputPipe, outputPipe } from "./output-pipe.ts";
import type { OutputSink } from "./output-sink.ts";
import { outputTail } from "./output-tail.ts";
import { processGroup, treeVariable } from "./process-group.ts";
import { resourceMeter } from "./resource-meter.ts";
import { scrubbedEnvironment } from "./scrubbed-environment.ts";
import { shellFor } from "./shell.ts";
import type { SignalSource } from "./signal-source.ts";

/** What the engine on this machine needs: `environment` is our own, of which the command gets the scrubbed part. */
export interface LocalEngineParts {
  output: OutputSink;
  signals: SignalSource;
  environment: Record<string, string | undefined>;
  clock?: Clock;
}

/** Milliseconds that an output may stay open when everything that we could find has ended. */
const drain = 500;

/**
 * Runs commands on this machine: in a process group of their own, with a scrubbed environment, their output piped through `output`.
 * SIGINT and SIGTERM go to the whole group; `graceSeconds` after the first the rest is killed. What a command leaves running when it ends by itself
 * is asked to end (SIGTERM) and killed after the same grace, processes that left the group too (Linux).
 * @throws UserError `no-such-folder`, `pass-env` @throws UnavailableError `no-shell`, `no-pipe`, `no-process-groups`
 */
export function localEngine(parts: LocalEngineParts): Engine {
  return {
    name: "local",
    async run(spec) {
      if (process.platform === "win32") {
        throw new UnavailableError(
          "no-process-groups",
          "Windows has no process groups.",
          "Run this job on Linux or macOS.",
        );
      }
      if (!statSync(spec.directory, { throwIfNoEntry: false })?.isDirectory()) {
        throw new UserError(
          "no-such-folder",
          "The folder to run the command in is not there.",
          "Check `working-directory`.",
          { file: spec.directory },
        );
      }
      const mark = randomUUID();
      const environment = scrubbedEnvironment(parts.environment, spec.passEnv, {
        ...spec.environment,
        [treeVariable]: mark,
      });
      const pipe = outputPipe();
      parts.output.begin();
      try {
        return await runIn(pipe, spec, environment, mark, parts);
      } finally {
        pipe.output.destroy();
        parts.output.end();
      }
    },
  };
}

interface Running {
  pid: number;
  exited: Promise<{ code: number | null; signal: string | null }>;
}

async function start(spec: CommandSpec, environment: Record<string, string>, input: number): Promise<Running> {
  const { file, args } = shellFor(spec.command, environment.PATH ?? "");
  try {
    const child = spawn(file, args, {
      cwd: spec.directory,
      env: environment,
      detached: true,
      stdio: ["ignore", input, input],
    });
    const exited = new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => resolve({ code, signal }));
    });
    // Without a process id the promise is rejected with the cause.
    if (child.pid === undefined) await exited;
    return { pid: child.pid ?? Number.NaN, exited };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const next = "Check that the shell is installed and that the command and its environment are not too long.";
    throw new UnavailableError("no-shell", `The shell ${file} could not be started: ${why}.`, next, undefined, error);
  } finally {
    closeSync(input);
  }
}

async function runIn(
  { input, output }: OutputPipe,
  spec: CommandSpec,
  environment: Record<string, string>,
  mark: string,
  { output: sink, signals, clock = systemClock }: LocalEngineParts,
): Promise<CommandResult> {
  const tail = outputTail();
  output.on("data", (bytes: Uint8Array) => {
    tail.add(bytes);
    sink.write(bytes);
  });
  const closed = new Promise<void>((resolve) => output.once("error", () => resolve()).once("close", () => resolve()));
  const { pid, exited } = await start(spec, environment, input);
  const group = processGroup(pid, mark);
  const meter = resourceMeter(group, clock);
  const end = endOfTree(group, spec.graceSeconds, clock);
  const off = signals.on(end.forward);
  try {
    const { code, signal } = await exited;
    meter.ended();
    const interrupted = end.signalled();
    await end.rest();
    await Promise.race([closed, new Promise<void>((resolve) => clock.after(drain, resolve))]);
    const exit = { ...(code === null ? {} : { code }), ...(signal === null ? {} : { signal }), interrupted };
    return { exit, resources: meter.stop(), tail: tail.text() };
  } finally {
    off();
    meter.stop();
    end.cancel();
  }
}
