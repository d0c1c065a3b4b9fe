import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The example as it is committed. */
export const committed = fileURLToPath(new URL("../../examples/quick-start", import.meta.url));

const written = new Set(["model", "out", "checkpoint", ".metricgate", "__pycache__"]);

/** A copy of the example in a temporary folder, with changed parameters where wanted; `remove` deletes it. */
export function copyOfExample(changed: Record<string, unknown> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "quick-start-"));
  cpSync(committed, folder, { recursive: true, filter: (source) => !written.has(basename(source)) });
  const params: unknown = JSON.parse(readFileSync(join(folder, "params.json"), "utf8"));
  writeFileSync(join(folder, "params.json"), JSON.stringify(Object.assign({}, params, changed)));
  return {
    folder,
    read: (path: string) => readFileSync(join(folder, path), "utf8"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs a program in a folder to its end, for 60 seconds at most. */
export function run(folder: string, program: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: "utf8", timeout: 60_000 });
  return { status, stdout, stderr };
}

/** The text of model, metrics and predictions after training and evaluating in a fresh copy. */
export function measured(changed: Record<string, unknown> = {}) {
  const copy = copyOfExample(changed);
  try {
    for (const script of ["train.mjs", "evaluate.mjs"]) {
      const { status, stderr } = run(copy.folder, process.execPath, script);
      if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`);
    }
    return {
      model: copy.read("model/model.json"),
      metrics: copy.read("out/metrics.json"),
      predictions: copy.read("out/predictions.csv"),
    };
  } finally {
    copy.remove();
  }
}

/** Starts a script, sends the signal once it has printed `line`, and waits for its end. */
export function interrupted(folder: string, script: string, line: string, signal: "SIGTERM" | "SIGINT" | "SIGKILL") {
  return new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [script], {
      cwd: folder,
      stdio: ["ignore", "pipe", "inherit"],
      timeout: 60_000,
    });
    let output = "";
    let sent = false;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (!sent && output.includes(line)) sent = child.kill(signal);
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}
