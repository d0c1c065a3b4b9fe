import type { Messages } from "@metricgate/pipeline/ports/messages";
import type { z } from "zod";
import type { ThreadStarter } from "./local/thread-starter.ts";

/** Where a command writes, and what it was given. Tests hand in their own. */
export interface Terminal {
  out(text: string): void;
  environment: Record<string, string | undefined>;
  folder: string;
  /** Colour on stdout. */
  colour: boolean;
  messages: Messages;
  /** Gives a second thread, where the program has a script for one. */
  startThread?: ThreadStarter;
}

/** One verb of the command line: returns the exit code. */
export interface Command {
  /** The words that are no flags, as the help writes them: `DIR`, `[POLICY]`. */
  words?: string;
  /** The schema of its flags, which its help is made of. */
  flags?: z.ZodObject;
  summary: string;
  run(argv: readonly string[], terminal: Terminal): Promise<number>;
}
