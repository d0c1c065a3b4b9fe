import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

function onPath(name: string, path: string): string | undefined {
  for (const folder of path.split(delimiter)) {
    const file = join(folder || ".", name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/**
 * How a command line is run: by bash as the runner's own `shell: bash` does, so that the first failing line and a failing `train.py | tee log`
 * end it with their code; by `sh -e`, which knows no pipefail, where there is no bash.
 */
export function shellFor(command: string, path: string): { file: string; args: string[] } {
  const bash = onPath("bash", path);
  if (bash === undefined) return { file: "/bin/sh", args: ["-e", "-c", command] };
  return { file: bash, args: ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", command] };
}
