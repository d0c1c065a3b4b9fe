import { closeSync, constants, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Digest } from "@metricgate/core/documents/digest";
import { digest as digestSchema } from "@metricgate/core/documents/fields";
import { targetFault } from "../target-fault.ts";

/** One line per activation, written before the switch; a line whose switch never came is harmless, see `previousOf`. */
const fileName = "history.jsonl";

/** Appends "`digest` replaces `previous`" and makes it durable. @throws UnavailableError */
export function appendHistory(folder: string, digest: Digest, previous: Digest | undefined): void {
  const path = join(folder, fileName);
  try {
    const fd = openSync(
      path,
      constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW,
      0o644,
    );
    try {
      // The leading newline ends a line that a kill has cut off.
      writeSync(fd, `\n${JSON.stringify({ digest, ...(previous === undefined ? {} : { previous }) })}\n`);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw targetFault(error, path, "write");
  }
}

function parse(line: string): { digest: Digest; previous?: Digest } | undefined {
  try {
    const { digest, previous } = JSON.parse(line) as { digest?: unknown; previous?: unknown };
    const made = digestSchema.safeParse(digest);
    const replaced = digestSchema.safeParse(previous);
    if (!made.success) return undefined;
    return { digest: made.data, ...(replaced.success ? { previous: replaced.data } : {}) };
  } catch {
    // A line cut off by a kill; its switch never came.
    return undefined;
  }
}

/** What `current` replaced when it was last promoted (not gone back to): the last line about it. @throws UnavailableError */
export function previousOf(folder: string, current: Digest): Digest | undefined {
  const path = join(folder, fileName);
  if (!existsSync(path)) return undefined;
  try {
    const lines = readFileSync(path, "utf8").split("\n").map(parse);
    return lines.findLast((entry) => entry?.digest === current)?.previous;
  } catch (error) {
    throw targetFault(error, path, "read");
  }
}
