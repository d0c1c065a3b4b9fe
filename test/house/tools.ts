import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { root } from "./pages.ts";

/**
 * A program on PATH, in Go's bin folder or in the virtual environment of `test/servers/install-real.sh`; undefined, with a
 * line that says so, when it is nowhere. With METRICGATE_REQUIRE_REAL=1 that throws, so that a check cannot be passed over unseen.
 */
export function tool(name: string): string | undefined {
  const env = process.env;
  const folders = [
    join(root, ".cache/venv/bin"),
    join(env.GOPATH ?? join(homedir(), "go"), "bin"),
    ...(env.PATH ?? "").split(delimiter),
  ];
  const found = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  const line = `The check of the workflows needs ${name}: run test/servers/install-real.sh.`;
  if (env.METRICGATE_REQUIRE_REAL === "1") throw new Error(line);
  console.log(line);
  return undefined;
}

/** Runs it to its end, for a minute at most: its exit code with all that it printed. */
export function run(program: string, ...args: readonly string[]): { code: number | null; text: string } {
  const done = spawnSync(program, args, { cwd: root, encoding: "utf8", timeout: 60_000 });
  return { code: done.status, text: `${done.stdout}${done.stderr}` };
}
