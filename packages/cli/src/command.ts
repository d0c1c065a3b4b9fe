import type { Messages } from "@metricgate/pipeline/ports/messages";

/** Where a command writes, and what it was given. Tests hand in their own. */
export interface Terminal {
  out(text: string): void;
  environment: Record<string, string | undefined>;
  folder: string;
  /** Colour on stdout. */
  colour: boolean;
  messages: Messages;
  /** The script of a second thread, where the program has one. */
  worker?: URL;
}

/** One verb of the command line: returns the exit code. */
export interface Command {
  usage: string;
  summary: string;
  run(argv: readonly string[], terminal: Terminal): Promise<number>;
}
