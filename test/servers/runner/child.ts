import { spawn } from "node:child_process";

export interface ChildResult {
  /** Null when a signal ended it. */
  exitCode: number | null;
  signal: string | null;
  output: string;
}

/** Runs a child to its end, or kills its group after `limitMs`. stdout and stderr come back as one text, as in a log. */
export function runChild(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string>; limitMs: number; onStart?: (pid: number) => void },
): Promise<ChildResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    const limit = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    }, options.limitMs);
    child.once("error", (error) => {
      clearTimeout(limit);
      reject(error);
    });
    child.once("close", (exitCode, signal) => {
      clearTimeout(limit);
      resolve({ exitCode, signal, output: Buffer.concat(chunks).toString("utf8") });
    });
    if (child.pid !== undefined) options.onStart?.(child.pid);
  });
}
