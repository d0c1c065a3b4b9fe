import { filesOfRecord, recordFiles } from "@metricgate/core/baselines/record-files";
import type { BaselineStore, PastRecord } from "@metricgate/core/ports/baseline-store";
import type { TagSource } from "./baseline-places/newest-tag.ts";
import { folderOf } from "./branch-name.ts";
import { nearestRecords } from "./past-records.ts";
import { searchRecords } from "./record-search.ts";

/** A folder, as the store sees it: paths are relative with forward slashes. */
export interface StoreFolder {
  /** The bytes of a file; `undefined` when there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Writes a file as a whole or not at all, making its folders. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** The names in a folder; empty when there is none. */
  list(path: string): Promise<string[]>;
}

export interface FileStoreOptions {
  folder: StoreFolder;
  /** The base and its first parents, nearest first, from git; only the base without it. */
  ancestors?: (base: string) => Promise<string[]>;
  /** The tags of the repository, from git; none without it. */
  tags?: TagSource;
}

/** Baselines in a folder, as `<model>/<branch>/<sha>/evaluation.json` with `rows.csv` and `rows-2.csv` beside it. */
export function fileStore(o: FileStoreOptions): BaselineStore {
  const at = (model: string, branch: string, sha: string) => `${model}/${folderOf(branch)}/${sha}`;
  const ancestry = async (base: string) => {
    const line = (await o.ancestors?.(base)) ?? [base];
    return { firstParents: line, all: line };
  };
  return {
    name: "file",
    find: (query) =>
      searchRecords(
        {
          recordAt: async (model, branch, sha) => {
            const place = at(model, branch, sha);
            const files = await filesOfRecord((name) => o.folder.read(`${place}/${name}`));
            return files === undefined ? { missing: "none", found: `no record in ${place}` } : { files };
          },
          recorded: async (model, branch) => new Set(await o.folder.list(`${model}/${folderOf(branch)}`)),
          ancestry,
          known: async (branch) => modelsIn(o.folder, branch),
          ...o.tags,
          explain: (error) => (error instanceof Error ? error.message : "it cannot be read"),
        },
        query,
      ),
    knows: async (model) => (await o.folder.list(model)).length > 0,
    async history({ model, branch, base, window }) {
      const recorded = new Set(await o.folder.list(`${model}/${folderOf(branch)}`));
      const past: PastRecord[] = [];
      for (const sha of await nearestRecords(base, (one) => recorded.has(one), window, ancestry)) {
        const evaluation = await o.folder.read(`${at(model, branch, sha)}/evaluation.json`);
        if (evaluation !== undefined) past.push({ sha, evaluation });
      }
      return past;
    },
    async record(entry) {
      const place = at(entry.model, entry.branch, entry.sha);
      let written = false;
      // The evaluation is written last: where it lies, the record is complete.
      for (const [name, bytes] of [...recordFiles(entry.files)].reverse())
        written = (await put(o.folder, `${place}/${name}`, bytes)) || written;
      return { written, where: place };
    },
  };
}

async function put(folder: StoreFolder, path: string, bytes: Uint8Array): Promise<boolean> {
  const existing = await folder.read(path);
  if (existing !== undefined && Buffer.compare(existing, bytes) === 0) return false;
  await folder.write(path, bytes);
  return true;
}

async function modelsIn(folder: StoreFolder, branch: string): Promise<string[]> {
  const models: string[] = [];
  for (const model of await folder.list("")) {
    if ((await folder.list(`${model}/${folderOf(branch)}`)).length > 0) models.push(model);
  }
  return models.sort();
}
