import type { Client } from "./client.ts";
import { ownerAndName } from "./repository.ts";

/** The history of a base, at most 100 commits back. */
export interface Ancestry {
  /** The base and its first parents, nearest first. */
  firstParents: string[];
  /** The base and all ancestors, newest first. */
  all: string[];
}

/** Asks GitHub for the history of a commit, in one request. */
export async function ancestryOf(client: Client, repo: string, base: string): Promise<Ancestry> {
  const { data } = await client.api.rest.repos.listCommits({ ...ownerAndName(repo), sha: base, per_page: 100 });
  const first = new Map(data.map((commit) => [commit.sha, commit.parents[0]?.sha]));
  const firstParents: string[] = [];
  for (let at: string | undefined = base; at !== undefined && first.has(at); at = first.get(at)) firstParents.push(at);
  return { firstParents, all: data.map((commit) => commit.sha) };
}
