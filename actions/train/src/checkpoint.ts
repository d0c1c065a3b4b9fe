import { existsSync } from "node:fs";
import { relative } from "node:path";
import { info, warning } from "@actions/core";
import { stepState } from "@metricgate/action-kit/frame/step-state";
import type { Change } from "@metricgate/core/ports/change";
import type { Messages } from "@metricgate/pipeline/ports/messages";
import type { CheckpointKeeper } from "@metricgate/pipeline/train/train";
import { z } from "zod";

const plan = z.object({ folder: z.string(), key: z.string(), prefixes: z.array(z.string()) });
type CheckpointPlan = z.output<typeof plan>;
const state = stepState(plan);

/** The cache keys of a checkpoint: one for each run and attempt, found again by branch. */
export function checkpointPlan(folder: string, model: string, change: Change): CheckpointPlan {
  const branch = (change.ref ?? "local").replaceAll(",", "_");
  const prefix = `metricgate-checkpoint-${model}-${branch}-`;
  const made = { folder, key: `${prefix}${change.run?.id ?? 0}-${change.run?.attempt ?? 1}`, prefixes: [prefix] };
  state.save(made);
  return made;
}

/** The cache finds an entry only by the very paths it was saved with, and on another machine the workspace lies elsewhere. */
const cachePath = (folder: string) => relative(process.cwd(), folder) || ".";

/** Restores the checkpoint of this run's earlier attempt, or of the branch's newest run. */
export function checkpoints({ key, prefixes }: CheckpointPlan, messages: Messages): CheckpointKeeper {
  return {
    async restore(folder) {
      const { restoreFolder } = await import("@metricgate/github/cache");
      const { matched, warning: refused } = await restoreFolder({ paths: [cachePath(folder)], key, prefixes });
      if (refused !== undefined) messages.warn(refused);
      return matched !== undefined;
    },
  };
}

/** The post step: saves the checkpoint, whatever became of the training. It never fails the job. */
export async function saveCheckpoint(): Promise<void> {
  const saved = state.load();
  if (saved === undefined) return info("No checkpoint folder was declared");
  if (!existsSync(saved.folder)) return info(`There is no checkpoint in ${saved.folder}`);
  const { saveFolder } = await import("@metricgate/github/cache");
  const done = await saveFolder({ paths: [cachePath(saved.folder)], key: saved.key });
  if (done.warning !== undefined) warning(done.warning);
  else info(`Saved the checkpoint as ${saved.key}`);
}
