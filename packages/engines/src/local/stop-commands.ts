import { UserError } from "@metricgate/core/errors/user-error";
import type { OutputSink } from "./output-sink.ts";

const newline = 10;

/**
 * Puts the output of a command between the runner's `::stop-commands::TOKEN` and `::TOKEN::`, so that nothing the command prints is obeyed.
 * Bytes pass as they are (invalid UTF-8 too) and none are held back, so a line of any length needs no memory. `token` must be a fresh
 * random UUID that the command cannot know: the runner reads it from our output only, never from the environment.
 * @throws UserError `stop-token` for a token that is no UUID: the runner refuses short ones, and then every command would be live
 */
export function stopCommandsSink(write: (chunk: string | Uint8Array) => void, token: string): OutputSink {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(token)) {
    throw new UserError("stop-token", "The token that ends stop-commands is not a UUID.", "Pass a fresh random UUID.");
  }
  let open = false;
  let last = newline;
  return {
    begin() {
      if (open) return;
      open = true;
      last = newline;
      write(`::stop-commands::${token}\n`);
    },
    write(bytes) {
      if (!open) throw new Error("output came outside stop-commands");
      last = bytes.at(-1) ?? last;
      write(bytes);
    },
    end() {
      if (!open) return;
      open = false;
      // The runner knows the token only at the start of a line.
      write(`${last === newline ? "" : "\n"}::${token}::\n`);
    },
  };
}
