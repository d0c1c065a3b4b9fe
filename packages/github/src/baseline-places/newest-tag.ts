import { matchesGlob } from "@metricgate/core/gates/glob";
import { byVersion } from "./tag-order.ts";

/** A tag; its commit is looked up when it is asked, since an annotated one points at an object of its own. */
export interface Tag {
  name: string;
  commit(): Promise<string | undefined>;
}

/** What must be known of a repository to find a tag. */
export interface TagSource {
  /** The tags whose names begin so, in any order. */
  tags(prefix: string): Promise<Tag[]>;
  /** Whether a commit is the base or in its history. */
  isAncestor(sha: string, base: string): Promise<boolean>;
}

/** Only so many tags are held against the history of the base: each may cost a request. */
const mostLooked = 10;

/** The newest tag by version that matches a glob and lies in the history of the base; else why there is none, in words. */
export async function newestTag(
  source: TagSource,
  glob: string,
  base: string,
): Promise<{ name: string; sha: string } | { none: string }> {
  const prefix = glob.replace(/\*.*$/s, "");
  const matching = (await source.tags(prefix)).filter(({ name }) => matchesGlob(glob, name));
  if (matching.length === 0) return { none: `no tag matches ${glob}` };
  const newestFirst = matching.sort((a, b) => byVersion(b.name, a.name));
  for (const { name, commit } of newestFirst.slice(0, mostLooked)) {
    const sha = await commit();
    if (sha !== undefined && (await source.isAncestor(sha, base))) return { name, sha };
  }
  const names = newestFirst.slice(0, 3).map(({ name }) => name);
  const all = matching.length > names.length ? ` and ${matching.length - names.length} more` : "";
  return { none: `none of the tags ${names.join(", ")}${all} is in the history of the base` };
}
