import { createHash } from "node:crypto";

export interface GitObject {
  type: "blob" | "tree" | "commit" | "tag";
  content: Buffer;
}
export type GitObjects = Map<string, GitObject>;
export interface TreeEntry {
  mode: string;
  name: string;
  sha: string;
}
export interface Person {
  name: string;
  email: string;
  /** ISO 8601. */
  date: string;
}
export interface Commit {
  tree: string;
  parents: string[];
  author: Person;
  committer: Person;
  message: string;
}

/** Stores an object under the SHA-1 that git itself would give it, and returns that SHA. */
export function putObject(objects: GitObjects, type: GitObject["type"], content: Buffer): string {
  const sha = createHash("sha1").update(`${type} ${content.length}\0`).update(content).digest("hex");
  objects.set(sha, { type, content });
  return sha;
}

/** Reads a tree's entries: `mode SP name NUL 20-byte-sha`, one after another. */
export function readTree(objects: GitObjects, sha: string): TreeEntry[] {
  const content = objectOf(objects, sha, "tree");
  const entries: TreeEntry[] = [];
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at);
    const nul = content.indexOf(0, space);
    entries.push({
      mode: content.toString("latin1", at, space),
      name: content.toString("utf8", space + 1, nul),
      sha: content.toString("hex", nul + 1, nul + 21),
    });
    at = nul + 21;
  }
  return entries;
}

/** Writes a tree in git's order (directories sort as if their name ended in a slash). */
export function writeTree(objects: GitObjects, entries: readonly TreeEntry[]): string {
  const key = (entry: TreeEntry) => Buffer.from(entry.mode === "40000" ? `${entry.name}/` : entry.name);
  const sorted = [...entries].sort((a, b) => Buffer.compare(key(a), key(b)));
  const parts = sorted.flatMap((entry) => [
    Buffer.from(`${entry.mode} ${entry.name}\0`),
    Buffer.from(entry.sha, "hex"),
  ]);
  return putObject(objects, "tree", Buffer.concat(parts));
}

/** Reads a commit object. Continuation lines (signatures) are passed over. */
export function readCommit(objects: GitObjects, sha: string): Commit {
  const text = objectOf(objects, sha, "commit").toString("utf8");
  const end = text.indexOf("\n\n");
  const headers = text.slice(0, end).split("\n");
  const all = (name: string) =>
    headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  return {
    tree: all("tree")[0] ?? "",
    parents: all("parent"),
    author: readPerson(all("author")[0] ?? ""),
    committer: readPerson(all("committer")[0] ?? ""),
    message: text.slice(end + 2),
  };
}

/** Writes a commit; dates are stored in UTC with second precision, as GitHub's API does. */
export function writeCommit(objects: GitObjects, commit: Commit): string {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${writePerson(commit.author)}`,
    `committer ${writePerson(commit.committer)}`,
  ];
  return putObject(objects, "commit", Buffer.from(`${lines.join("\n")}\n\n${commit.message}`));
}

/** The commits reachable from `sha`, newest committer date first, each once. */
export function ancestry(objects: GitObjects, sha: string): string[] {
  const seen = new Map<string, number>();
  const waiting = [sha];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next) || objects.get(next)?.type !== "commit") continue;
    const commit = readCommit(objects, next);
    seen.set(next, Date.parse(commit.committer.date));
    waiting.push(...commit.parents);
  }
  const depth = [...seen.keys()];
  return depth.sort((a, b) => (seen.get(b) ?? 0) - (seen.get(a) ?? 0) || (isAncestor(objects, a, b) ? 1 : -1));
}

/** Whether `older` is reachable from `newer` (a commit is reachable from itself). */
export function isAncestor(objects: GitObjects, older: string, newer: string): boolean {
  const seen = new Set<string>();
  const waiting = [newer];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === older) return true;
    if (seen.has(next) || objects.get(next)?.type !== "commit") continue;
    seen.add(next);
    waiting.push(...readCommit(objects, next).parents);
  }
  return false;
}

/** Every file under a tree: path → blob sha and mode. */
export function filesOf(objects: GitObjects, tree: string, under = ""): Map<string, { sha: string; mode: string }> {
  const files = new Map<string, { sha: string; mode: string }>();
  for (const entry of readTree(objects, tree)) {
    const path = under === "" ? entry.name : `${under}/${entry.name}`;
    if (entry.mode === "40000") for (const [name, file] of filesOf(objects, entry.sha, path)) files.set(name, file);
    else files.set(path, { sha: entry.sha, mode: entry.mode });
  }
  return files;
}

/** The reverse of `filesOf`: writes nested trees and returns the root's SHA. */
export function treeOf(objects: GitObjects, files: Iterable<[string, { sha: string; mode: string }]>): string {
  const entries: TreeEntry[] = [];
  const folders = new Map<string, [string, { sha: string; mode: string }][]>();
  for (const [path, file] of files) {
    const slash = path.indexOf("/");
    if (slash < 0) {
      entries.push({ mode: file.mode, name: path, sha: file.sha });
      continue;
    }
    const folder = folders.get(path.slice(0, slash)) ?? [];
    folder.push([path.slice(slash + 1), file]);
    folders.set(path.slice(0, slash), folder);
  }
  for (const [name, inside] of folders) entries.push({ mode: "40000", name, sha: treeOf(objects, inside) });
  return writeTree(objects, entries);
}

function objectOf(objects: GitObjects, sha: string, type: GitObject["type"]): Buffer {
  const object = objects.get(sha);
  if (object?.type !== type) throw new Error(`There is no ${type} ${sha} in the double.`);
  return object.content;
}

function readPerson(line: string): Person {
  const match = /^(.*) <(.*)> (\d+) [+-]\d{4}$/.exec(line);
  const date = new Date(Number(match?.[3] ?? 0) * 1000).toISOString().replace(".000Z", "Z");
  return { name: match?.[1] ?? "", email: match?.[2] ?? "", date };
}

function writePerson(person: Person): string {
  return `${person.name} <${person.email}> ${Math.floor(Date.parse(person.date) / 1000)} +0000`;
}
