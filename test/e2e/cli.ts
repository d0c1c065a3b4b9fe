import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

/** What a person at a terminal sees of one command. */
export interface CliResult {
  code: number | null;
  out: string;
  messages: string;
}

const script = resolve(import.meta.dirname, "../../packages/bundle/dist/cli.js");

/** Runs the built command line in a folder, as on a laptop: nothing of GitHub's in the environment. */
export function metricgate(
  folder: string,
  args: readonly string[],
  given: { env?: Readonly<Record<string, string>>; node?: string } = {},
): CliResult {
  const { status, stdout, stderr } = spawnSync(given.node ?? process.execPath, [script, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", HOME: folder, LANG: "C.UTF-8", ...given.env },
    encoding: "utf8",
    timeout: 60_000,
  });
  return { code: status, out: stdout, messages: stderr };
}
