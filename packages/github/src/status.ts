import type { Client } from "./client.ts";
import { ownerAndName } from "./repository.ts";
import { writeOnce } from "./write-once.ts";

/** The commit status that branch protection may require. */
export interface StatusRequest {
  repo: string;
  sha: string;
  /** The name that branch protection lists. */
  context: string;
  state: "success" | "failure" | "error" | "pending";
  /** At most 140 characters; the rest is cut. */
  description: string;
  targetUrl?: string;
}

/** Sets a commit status, unless the newest of that name says the same already. */
export async function setStatus(client: Client, o: StatusRequest): Promise<{ outcome: "written" | "unchanged" }> {
  if (await isSet(client, o)) return { outcome: "unchanged" };
  await writeOnce({
    write: async () => {
      await client.api.rest.repos.createCommitStatus({
        ...ownerAndName(o.repo),
        sha: o.sha,
        context: o.context,
        state: o.state,
        description: short(o.description),
        ...(o.targetUrl === undefined ? {} : { target_url: o.targetUrl }),
      });
      return true;
    },
    look: async () => ((await isSet(client, o)) ? true : undefined),
    sleep: client.sleep,
  });
  return { outcome: "written" };
}

async function isSet(client: Client, o: StatusRequest): Promise<boolean> {
  const pages = client.api.paginate.iterator(client.api.rest.repos.listCommitStatusesForRef, {
    ...ownerAndName(o.repo),
    ref: o.sha,
    per_page: 100,
  });
  for await (const page of pages) {
    // Newest first: the first of our name is the one that counts.
    const newest = page.data.find((status) => status.context === o.context);
    if (newest) return newest.state === o.state && (newest.description ?? "") === short(o.description);
  }
  return false;
}

/** Cuts to GitHub's 140 characters, never inside a surrogate pair. */
export function short(text: string): string {
  if (text.length <= 140) return text;
  return `${[...text.slice(0, 139)].filter((character) => character.isWellFormed()).join("")}…`;
}
