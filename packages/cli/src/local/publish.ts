import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Workspace } from "@metricgate/pipeline/ports/workspace";
import type { Terminal } from "../command.ts";

/** Hands a written document on: to stdout with `--json`, to the file that `--out` names. */
export async function publish(
  given: { json: boolean; out?: string | undefined },
  path: string,
  workspace: Workspace,
  terminal: Terminal,
): Promise<void> {
  const real = await workspace.resolve(path);
  if (given.out !== undefined) await writeFile(resolve(terminal.folder, given.out), await readFile(real));
  if (given.json) terminal.out(await readFile(real, "utf8"));
}
