import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UnavailableError } from "@metricgate/core/errors/unavailable-error";

/** One pipe: `input` is the descriptor that the command writes to, `output` what it wrote. Close `input` once the command has it. */
export interface OutputPipe {
  input: number;
  output: Socket;
}

/**
 * A true pipe for stdout and stderr together. Node's own `pipe` gives two sockets: the order between them is lost, and a command that opens
 * /dev/stdout or /dev/stderr fails on a socket. @throws UnavailableError `no-pipe`
 */
export function outputPipe(): OutputPipe {
  const opened: number[] = [];
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(tmpdir(), "metricgate-"));
    const path = join(folder, "output");
    execFileSync("mkfifo", ["-m", "600", path], { stdio: "ignore" });
    const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    opened.push(read);
    const input = openSync(path, constants.O_WRONLY);
    opened.push(input);
    return { input, output: new Socket({ fd: read, readable: true, writable: false }) };
  } catch (error) {
    for (const fd of opened) closeSync(fd);
    const text = "No pipe could be made for the command's output.";
    throw new UnavailableError(
      "no-pipe",
      text,
      "Check that the folder for temporary files can be written and that mkfifo is installed.",
      undefined,
      error,
    );
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}
