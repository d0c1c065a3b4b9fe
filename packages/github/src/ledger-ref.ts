import { UnavailableError } from "@metricgate/core/errors/unavailable-error";
import type { Client } from "./client.ts";
import { failureOf, isAmbiguous } from "./patience.ts";
import { ownerAndName } from "./repository.ts";

/** One file to be added to the ledger. */
export interface LedgerEntry {
  path: string;
  bytes: Uint8Array;
  message: string;
  /** True when what lies at `path` says the same, so that nothing is written. */
  same: (existing: Uint8Array) => boolean;
}

export interface LedgerOptions {
  client: Client;
  repo: string;
  branch: string;
  /** 0 to 1, for the jitter of the waits between tries. */
  random: () => number;
}

const mostTries = 40;

/**
 * Adds a file to the ledger branch by compare-and-swap: a commit on the tip that was read, and a move of the ref that
 * GitHub refuses when the tip has moved; then everything is read again. The branch is made on the first write, without
 * history in common with others.
 * @throws UnavailableError `ledger-refused` or `ledger-busy`
 */
export async function addToLedger(o: LedgerOptions, entry: LedgerEntry): Promise<{ written: boolean }> {
  // Nobody knows whether a move arrived whose answer was lost: what then lies there is taken for ours.
  let unsure = false;
  for (let tries = 0; tries < mostTries; tries++) {
    if (tries > 0) await o.client.sleep(Math.min(2000, 50 * 2 ** Math.min(tries, 6)) * (0.5 + o.random()));
    const tip = await tipOf(o);
    const existing = tip === undefined ? undefined : await fileIn(o, tip, entry.path);
    if (existing !== undefined && entry.same(existing)) return { written: unsure };
    try {
      const commit = await commitOn(o, tip, entry);
      await moveRef(o, tip, commit);
      return { written: true };
    } catch (error) {
      if (!mayRepeat(error)) throw refused(o, error);
      unsure ||= isAmbiguous(failureOf(error));
    }
  }
  throw new UnavailableError(
    "ledger-busy",
    `The branch ${o.branch} of ${o.repo} moved each of ${mostTries} times that a record was to be added.`,
    "Run the job again.",
  );
}

/** The commit that the ledger branch points at; `undefined` before the first write. */
async function tipOf(o: LedgerOptions): Promise<string | undefined> {
  try {
    const { data } = await o.client.api.rest.git.getRef({ ...ownerAndName(o.repo), ref: `heads/${o.branch}` });
    return data.object.sha;
  } catch (error) {
    const { status, message } = failureOf(error);
    // 409: the repository has no commit at all.
    if (status === 404 || (status === 409 && /empty/i.test(message))) return undefined;
    throw error;
  }
}

/** The bytes of a file of the ledger, at a commit or on a branch, of whatever size; `undefined` when there is none. */
export async function fileIn(
  o: Pick<LedgerOptions, "client" | "repo">,
  ref: string,
  path: string,
): Promise<Uint8Array | undefined> {
  try {
    const { data } = await o.client.api.rest.repos.getContent({ ...ownerAndName(o.repo), path, ref });
    if (Array.isArray(data) || data.type !== "file") return undefined;
    const blob = await o.client.api.rest.git.getBlob({ ...ownerAndName(o.repo), file_sha: data.sha });
    return new Uint8Array(Buffer.from(blob.data.content, "base64"));
  } catch (error) {
    if (failureOf(error).status === 404) return undefined;
    throw error;
  }
}

async function commitOn(o: LedgerOptions, tip: string | undefined, entry: LedgerEntry): Promise<string> {
  const git = o.client.api.rest.git;
  const repo = ownerAndName(o.repo);
  const base = tip === undefined ? undefined : (await git.getCommit({ ...repo, commit_sha: tip })).data.tree.sha;
  const blob = await git.createBlob({
    ...repo,
    content: Buffer.from(entry.bytes).toString("base64"),
    encoding: "base64",
  });
  const tree = await git.createTree({
    ...repo,
    tree: [{ path: entry.path, mode: "100644", type: "blob", sha: blob.data.sha }],
    ...(base === undefined ? {} : { base_tree: base }),
  });
  const parents = tip === undefined ? [] : [tip];
  const commit = await git.createCommit({ ...repo, message: entry.message, tree: tree.data.sha, parents });
  return commit.data.sha;
}

async function moveRef(o: LedgerOptions, tip: string | undefined, commit: string): Promise<void> {
  const git = o.client.api.rest.git;
  const repo = ownerAndName(o.repo);
  if (tip === undefined) await git.createRef({ ...repo, ref: `refs/heads/${o.branch}`, sha: commit });
  else await git.updateRef({ ...repo, ref: `heads/${o.branch}`, sha: commit, force: false });
}

/** Lost the race, or nobody knows: in both cases the tip is read again before anything else is written. */
function mayRepeat(error: unknown): boolean {
  const failure = failureOf(error);
  if (isAmbiguous(failure) || failure.status === 409) return true;
  return failure.status === 422 && /fast.?forward|already exists|is at [0-9a-f]+ but expected/i.test(failure.message);
}

function refused(o: LedgerOptions, error: unknown): unknown {
  const { status, message } = failureOf(error);
  if (status !== 403 && status !== 404 && status !== 422) return error;
  const protection = /protect|rule/i.test(message);
  return new UnavailableError(
    "ledger-refused",
    `GitHub did not let us write the branch ${o.branch} of ${o.repo}${protection ? ", which is protected" : ""}.`,
    protection
      ? `Let this workflow write ${o.branch}: exempt it from the rule, or name another branch.`
      : "Add `contents: write` under `permissions:` of the job that records baselines.",
    undefined,
    error,
  );
}
