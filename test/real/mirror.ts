import { readCommit, readTree } from "@metricgate/test-servers/double/git-objects";
import type { GitHubState } from "@metricgate/test-servers/double/state";

/** What emulate has been told already. */
export interface Mirrored {
  objects: Set<string>;
  /** Full names to SHAs. */
  refs: Map<string, string>;
  pulls: Set<number>;
}

/** Nothing but the default branch that emulate starts with. */
export const nothingMirrored = (state: GitHubState): Mirrored => ({
  objects: new Set(),
  refs: new Map([[`refs/heads/${state.defaultBranch}`, ""]]),
  pulls: new Set(),
});

/**
 * Writes what is new of the seeded history, branches and open pull requests into emulate through its own API.
 * Throws when emulate gives an object another SHA than git. Pull requests must be seeded from number 1, without gaps.
 */
export async function mirror(state: GitHubState, url: string, token: string, told: Mirrored): Promise<void> {
  const base = `${url}/repos/${state.owner}/${state.name}`;
  const send = async (method: string, path: string, body: unknown): Promise<Record<string, unknown>> => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const response = await fetch(base + path, { method, headers, body: JSON.stringify(body) });
    const answer: Record<string, unknown> = Object(await response.json());
    if (!response.ok) throw new Error(`emulate: ${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  const done = told.objects;
  const same = (sha: string, answer: Record<string, unknown>) => {
    if (answer.sha !== sha) throw new Error(`emulate made ${String(answer.sha)} of ${sha}`);
    done.add(sha);
  };
  const writeTree = async (sha: string): Promise<void> => {
    if (done.has(sha)) return;
    const entries = readTree(state.objects, sha);
    for (const entry of entries) {
      if (entry.mode === "40000") await writeTree(entry.sha);
      else if (!done.has(entry.sha)) {
        const content = state.objects.get(entry.sha)?.content.toString("base64") ?? "";
        same(entry.sha, await send("POST", "/git/blobs", { content, encoding: "base64" }));
      }
    }
    const tree = entries.map((entry) => ({
      path: entry.name,
      sha: entry.sha,
      mode: entry.mode.padStart(6, "0"),
      type: entry.mode === "40000" ? "tree" : "blob",
    }));
    same(sha, await send("POST", "/git/trees", { tree }));
  };
  const writeCommit = async (sha: string): Promise<void> => {
    if (done.has(sha)) return;
    const { tree, parents, author, committer, message } = readCommit(state.objects, sha);
    for (const parent of parents) await writeCommit(parent);
    await writeTree(tree);
    same(sha, await send("POST", "/git/commits", { tree, parents, author, committer, message }));
  };
  for (const [ref, sha] of state.refs) {
    await writeCommit(sha);
    if (!ref.startsWith("refs/heads/") && !ref.startsWith("refs/tags/")) continue;
    if (told.refs.get(ref) === sha) continue;
    if (told.refs.has(ref)) await send("PATCH", `/git/${ref}`, { sha, force: true });
    else await send("POST", "/git/refs", { ref, sha });
    told.refs.set(ref, sha);
  }
  for (const pull of state.pulls) {
    if (told.pulls.has(pull.number)) continue;
    told.pulls.add(pull.number);
    const { title, body, head, base: into } = pull;
    const made = await send("POST", "/pulls", { title, body, head: head.ref, base: into.ref });
    if (made.number !== pull.number)
      throw new Error(`emulate numbered pull request ${pull.number} ${String(made.number)}`);
  }
}
