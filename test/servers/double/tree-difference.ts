import { ancestry, filesOf, type GitObjects, isAncestor } from "./git-objects.ts";

export interface ChangedFile {
  sha: string;
  filename: string;
  status: "added" | "modified" | "removed" | "renamed";
  additions: number;
  deletions: number;
  changes: number;
  previous_filename?: string;
}

/** The files that differ between two trees, by path. A removed and an added file with one blob are a rename. */
export function changedFiles(objects: GitObjects, before: string | undefined, after: string): ChangedFile[] {
  const old = before === undefined ? new Map<string, { sha: string; mode: string }>() : filesOf(objects, before);
  const now = filesOf(objects, after);
  const lines = (sha: string) => objects.get(sha)?.content.toString("utf8").split("\n").length ?? 0;
  const changes: ChangedFile[] = [];
  const removed = new Map([...old].filter(([path]) => !now.has(path)).map(([path, file]) => [file.sha, path]));
  for (const [path, file] of now) {
    const previous = old.get(path);
    if (previous?.sha === file.sha && previous.mode === file.mode) continue;
    const from = previous === undefined ? removed.get(file.sha) : undefined;
    if (from !== undefined) removed.delete(file.sha);
    const added = from === undefined ? lines(file.sha) : 0;
    const gone = previous === undefined ? 0 : lines(previous.sha);
    changes.push({
      sha: file.sha,
      filename: path,
      status: from !== undefined ? "renamed" : previous === undefined ? "added" : "modified",
      additions: added,
      deletions: gone,
      changes: added + gone,
      ...(from === undefined ? {} : { previous_filename: from }),
    });
  }
  const renamed = new Set(changes.map((change) => change.previous_filename));
  for (const [path, file] of old) {
    if (now.has(path) || renamed.has(path)) continue;
    const gone = lines(file.sha);
    changes.push({ sha: file.sha, filename: path, status: "removed", additions: 0, deletions: gone, changes: gone });
  }
  return changes.sort((a, b) => (a.filename < b.filename ? -1 : 1));
}

/** A best common ancestor: one that no other common ancestor descends from. */
export function mergeBase(objects: GitObjects, one: string, other: string): string | undefined {
  const reachable = new Set(ancestry(objects, one));
  const common = ancestry(objects, other).filter((sha) => reachable.has(sha));
  return common.find((sha) => !common.some((rival) => rival !== sha && isAncestor(objects, sha, rival)));
}
