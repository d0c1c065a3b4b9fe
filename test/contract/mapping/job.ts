import { readFile, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Change } from "@metricgate/core/ports/change";
import { evaluate } from "../../../packages/pipeline/src/evaluate/evaluate.ts";
import type { EvaluateRequest } from "../../../packages/pipeline/src/evaluate/evaluate-ports.ts";
import type { GatePorts } from "../../../packages/pipeline/src/gate/gate-ports.ts";
import type { Workspace } from "../../../packages/pipeline/src/ports/workspace.ts";
import { hashing } from "../../../packages/pipeline/src/workspace/hashing.ts";
import { nodeWorkspace } from "../../../packages/pipeline/src/workspace/node-workspace.ts";

/** The bytes of an evaluation and of its rows, as `evaluate` leaves them or as somebody wrote them. */
export interface EvaluationFiles {
  evaluation: Uint8Array;
  rows?: Uint8Array;
}

export const head = "c".repeat(40);
export const base = "b".repeat(40);
/** The committer date of the tested commit: the only "now" there is. */
export const now = "2026-11-20T12:00:00Z";

/** A pull request of the repository itself, whose merge commit is tested. */
export const pullRequest: Change = {
  event: "pull_request",
  repository: "octo/ml",
  sha: head,
  committedAt: now,
  pullRequest: 7,
  base: { branch: "main", sha: base },
  recordsBaseline: false,
};

/** A push to the base branch. */
export const push: Change = { ...pullRequest, event: "push", recordsBaseline: true };

/** The ports of a job in a folder of this machine; nothing outside it is asked. */
export async function portsIn(folder: string, change: Change): Promise<GatePorts & { workspace: Workspace }> {
  const silent = { info: () => undefined, warn: () => undefined };
  return { workspace: await nodeWorkspace(await realpath(folder)), hashing, messages: silent, change };
}

/** Measures with the real verb and without a policy, from files of the folder, and gives what it wrote. */
export async function measured(
  folder: string,
  request: Omit<EvaluateRequest, "policy" | "model">,
): Promise<EvaluationFiles> {
  const ports = await portsIn(folder, pullRequest);
  const engine = { name: "none", run: () => Promise.reject(new Error("nothing is run here")) };
  const result = await evaluate({ model: "m", policy: ".github/metricgate.yml", ...request }, { ...ports, engine });
  const [evaluation = "", rows] = result.files;
  const files = {
    evaluation: await readFile(join(folder, evaluation)),
    ...(rows === undefined ? {} : { rows: await readFile(join(folder, rows)) }),
  };
  await rm(join(folder, ".metricgate"), { recursive: true });
  return files;
}

/** An evaluation written by hand. */
export function written(document: object): EvaluationFiles {
  return { evaluation: new TextEncoder().encode(JSON.stringify(document)) };
}
