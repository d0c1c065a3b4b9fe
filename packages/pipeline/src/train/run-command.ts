import { CrashError } from "@metricgate/core/errors/crash-error";
import type { CommandResult, Engine } from "@metricgate/core/ports/engine";
import type { Messages } from "../ports/messages.ts";
import type { Workspace } from "../ports/workspace.ts";

/** Runs the user's command for a verb. @throws CrashError `command-failed` or `command-interrupted`, with the end of its output */
export async function runCommand(
  verb: string,
  command: string,
  passEnv: readonly string[],
  graceSeconds: number,
  environment: Record<string, string>,
  { engine, workspace, messages }: { engine: Engine; workspace: Workspace; messages: Messages },
): Promise<CommandResult> {
  messages.info(`${verb}: ${command}`);
  const result = await engine.run({ command, directory: workspace.root, environment, passEnv, graceSeconds });
  const failure = crashOf(verb, command, result);
  if (failure !== undefined) throw failure;
  return result;
}

/** The error that a command's end stands for; absent when it ended well. `which`: of several runs, such as ` of run 2 of 3 (seed 7)`. */
export function crashOf(
  verb: string,
  command: string,
  { exit, tail }: CommandResult,
  which = "",
): CrashError | undefined {
  if (exit.interrupted) {
    return new CrashError(
      "command-interrupted",
      `the ${verb} command${which} was interrupted: ${command}`,
      "Run it again; a checkpoint, if one is declared, is restored.",
      tail,
    );
  }
  if (exit.code === 0) return undefined;
  const how = exit.signal === undefined ? `exit code ${exit.code}` : `signal ${exit.signal}`;
  return new CrashError(
    "command-failed",
    `the ${verb} command${which} ended with ${how}: ${command}`,
    "Its output is in the log above; the model was not measured, which is not a regression.",
    tail,
  );
}
