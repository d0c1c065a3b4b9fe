import type { Messages } from "@metricgate/pipeline/ports/messages";
import { logLine } from "@metricgate/report/escape/log-text";

/** Messages on stderr, so that stdout stays the document's; colour only on a terminal. */
export function consoleMessages(stream: NodeJS.WriteStream, colour: boolean): Messages {
  return {
    info: (text) => stream.write(`${logLine(text)}\n`),
    warn: (text) => stream.write(`${colour ? "\u001b[33mwarning:\u001b[39m" : "warning:"} ${logLine(text)}\n`),
  };
}

/** Colour is for terminals, and not where NO_COLOR asks for none. */
export function wantsColour(stream: NodeJS.WriteStream, environment: Record<string, string | undefined>): boolean {
  return stream.isTTY === true && (environment.NO_COLOR ?? "") === "" && environment.TERM !== "dumb";
}
