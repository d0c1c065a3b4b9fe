import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { text } from "@metricgate/core/inputs/fields";
import type { BaselineStore } from "@metricgate/core/ports/baseline-store";
import type { Change } from "@metricgate/core/ports/change";
import type { Engine } from "@metricgate/core/ports/engine";
import type { Progress } from "@metricgate/core/ports/progress";
import { processSignals } from "@metricgate/engines/local/process-signals";
import type { Hashing } from "@metricgate/pipeline/ports/hashing";
import type { Messages } from "@metricgate/pipeline/ports/messages";
import type { WorkTrees } from "@metricgate/pipeline/ports/work-trees";
import type { Workspace } from "@metricgate/pipeline/ports/workspace";
import { gitWorkTrees } from "@metricgate/pipeline/workspace/git-work-trees";
import { hashing } from "@metricgate/pipeline/workspace/hashing";
import { nodeWorkspace } from "@metricgate/pipeline/workspace/node-workspace";
import { watchedWorkspace } from "@metricgate/pipeline/workspace/watched-workspace";
import type { Terminal } from "../command.ts";
import { localChange } from "./local-change.ts";
import { terminalEngine } from "./local-engine-ports.ts";
import { localStore } from "./local-store.ts";
import { processProgress } from "./terminal-progress.ts";

/** `--record BRANCH` of `evaluate`. */
export const keepBaseline = text("Record the evaluation as a baseline of this branch in `.metricgate/baselines`.");

/** The ports of every verb on a laptop. */
export interface LocalPorts {
  workspace: Workspace;
  hashing: Hashing;
  messages: Messages;
  change: Change;
  engine: Engine;
  store: BaselineStore;
  workTrees: WorkTrees;
  /** Absent where nobody looks. */
  progress?: Progress;
}

/** Makes them for a working directory. */
export async function localPorts(
  given: { "working-directory"?: string; at?: string | undefined },
  terminal: Terminal,
): Promise<LocalPorts> {
  const folder = resolve(terminal.folder, given["working-directory"] ?? ".");
  const bare = await nodeWorkspace(folder, "allow");
  const progress = processProgress(terminal.environment);
  const workspace = progress === undefined ? bare : watchedWorkspace(bare, progress);
  return {
    workspace,
    hashing,
    messages: terminal.messages,
    change: await localChange(workspace.root, given.at),
    engine: terminalEngine(),
    store: localStore(workspace),
    workTrees: gitWorkTrees({ root: workspace.root, temporary: tmpdir(), signals: processSignals }),
    ...(progress === undefined ? {} : { progress }),
  };
}
