import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { UserError } from "@metricgate/core/errors/user-error";
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
  if (given.out !== undefined) await writeOut(resolve(terminal.folder, given.out), await readFile(real));
  if (given.json) terminal.out(await readFile(real, "utf8"));
}

/** Puts the rows of an evaluation beside the file that `--out` names: `NAME-rows.csv` beside `NAME.json`, and `NAME-rows-2.csv` of a second run. */
export async function publishRows(
  out: string,
  rows: readonly string[],
  workspace: Workspace,
  terminal: Terminal,
): Promise<void> {
  for (const path of rows) {
    const beside = `${out.replace(/\.json$/, "")}-${path.replace(/^.*\//, "")}`;
    await writeOut(resolve(terminal.folder, beside), await readFile(await workspace.resolve(path)));
  }
}

/** Writes what `--out` asks for. @throws UserError `cannot-write` */
export async function writeOut(path: string, bytes: Uint8Array | string): Promise<void> {
  try {
    await writeFile(path, bytes);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new UserError(
      "cannot-write",
      `${path} could not be written (${cause})`,
      "Give `--out` a file in a folder that exists.",
      { file: path },
    );
  }
}
