import { readdir } from "node:fs/promises";
import type { BaselineStore } from "@metricgate/core/ports/baseline-store";
import { gitTags } from "@metricgate/github/baseline-places/git-tags";
import { gitIn } from "@metricgate/github/commit-look";
import { fileStore } from "@metricgate/github/file-store";
import type { Workspace } from "@metricgate/pipeline/ports/workspace";

const folder = ".metricgate/baselines";

/** Baselines in a folder of the work tree; git tells which commit came before which. */
export function localStore(workspace: Workspace): BaselineStore {
  const git = gitIn(workspace.root);
  return fileStore({
    folder: {
      read: async (path) =>
        (await workspace.exists(`${folder}/${path}`)) ? workspace.read(`${folder}/${path}`) : undefined,
      write: (path, bytes) => workspace.write(`${folder}/${path}`, bytes),
      list: async (path) => readdir(await workspace.resolve(`${folder}/${path}`)).catch(() => []),
    },
    tags: gitTags(git),
    ancestors: async (base) =>
      ((await git("rev-list", "--first-parent", "--max-count=100", base)) ?? base).trim().split("\n"),
  });
}
