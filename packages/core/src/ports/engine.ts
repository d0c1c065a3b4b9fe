import type { Exit, Resources } from "../documents/training.ts";

/** A command to run where training happens. */
export interface CommandSpec {
  /** A line for the shell. */
  command: string;
  /** Absolute. */
  directory: string;
  /** Added to the scrubbed environment. */
  environment: Record<string, string>;
  /** Names of variables that are passed on although they would be scrubbed. */
  passEnv: readonly string[];
  /** Seconds between the first signal and the end of the tree. */
  graceSeconds: number;
}

export interface CommandResult {
  exit: Exit;
  resources: Resources;
  /** The last lines of the output, for the report of a crash; at most 4,000 characters. */
  tail: string;
}

/** Where a command runs: one runner now, clusters later. */
export interface Engine {
  name: string;
  run(spec: CommandSpec): Promise<CommandResult>;
}
