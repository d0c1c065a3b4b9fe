import { createHash } from "node:crypto";
import { type Digest, digestOf } from "@metricgate/core/documents/digest";
import { UnavailableError } from "@metricgate/core/errors/unavailable-error";
import { UserError } from "@metricgate/core/errors/user-error";
import type { BaselineStore } from "@metricgate/core/ports/baseline-store";
import { type Ancestry, ancestryOf } from "./ancestry.ts";
import { hubPlaces } from "./baseline-places/hub-places.ts";
import { needsOf } from "./baseline-places/needs.ts";
import { folderOf } from "./branch-name.ts";
import type { Client } from "./client.ts";
import { explainFailure } from "./failure.ts";
import { addToLedger, fileIn } from "./ledger-ref.ts";
import { once } from "./once.ts";
import { inBatches, nearestRecords } from "./past-records.ts";
import { failureOf } from "./patience.ts";
import { searchRecords } from "./record-search.ts";
import type { RecordOf } from "./record-source.ts";
import { ownerAndName } from "./repository.ts";
import { verdictPath } from "./verdict-path.ts";

export interface BranchStoreOptions {
  client: Client;
  repo: string;
  /** The ledger branch, `metricgate` unless given. */
  branch?: string;
  /** 0 to 1, for the jitter of the waits when many jobs write at once. */
  random: () => number;
  change?: { fork?: boolean; dependabot?: boolean };
}

/**
 * Baselines on the ledger: a branch without common history that holds one document per model and commit, as
 * `baselines/<base branch>/<model>/<sha>.json`, and where a waiver was in force the verdict on it as
 * `verdicts/<base branch>/<model>/<sha>.json`. Rows are not kept there. A record costs three requests to read.
 * @throws UserError `branch-invalid`
 */
export function branchStore(o: BranchStoreOptions): BaselineStore {
  const branch = o.branch ?? "metricgate";
  checkBranch(branch);
  const repo = ownerAndName(o.repo);
  const rest = o.client.api.rest;
  /** The tree of each model that has records on a base branch. */
  const models = once((base: string) => modelsOf(o, branch, base));
  /** The blob of each commit of a model, by tree. */
  const records = once(async (tree: string) => {
    const { data } = await rest.git.getTree({ ...repo, tree_sha: tree });
    return new Map(data.tree.flatMap((entry) => (entry.path && entry.sha ? [[entry.path, entry.sha]] : [])));
  });
  const ancestry = once((base: string): Promise<Ancestry> => ancestryOf(o.client, o.repo, base));

  const recordsOf = async (model: string, base: string): Promise<ReadonlyMap<string, string>> => {
    const tree = (await models.get(base)).get(model);
    return tree === undefined ? new Map() : records.get(tree);
  };
  const bytesOf = async (blob: string): Promise<Uint8Array> => {
    const { data } = await rest.git.getBlob({ ...repo, file_sha: blob });
    return new Uint8Array(Buffer.from(data.content, "base64"));
  };
  const recordAt = async (model: string, base: string, sha: string): Promise<RecordOf> => {
    const blob = (await recordsOf(model, base)).get(`${sha}.json`);
    if (blob === undefined) return { missing: "none", found: `no record of ${sha.slice(0, 7)} on ${branch}` };
    return { files: { evaluation: await bytesOf(blob) } };
  };

  const add = async (path: string, bytes: Uint8Array, message: string): Promise<boolean> => {
    const ledger = { client: o.client, repo: o.repo, branch, random: o.random };
    const entry = { path, bytes, message, same: (existing: Uint8Array) => sameDocument(existing, bytes) };
    return (await addToLedger(ledger, entry)).written;
  };
  const history = { permission: "contents: read", what: `read the history on the branch ${branch}` };
  /** @throws UnavailableError with what the request needed */
  const explained = async <T>(needs: typeof history, effect: () => Promise<T>): Promise<T> => {
    try {
      return await effect();
    } catch (error) {
      if (error instanceof UnavailableError) throw error;
      const { text, next } = explainFailure(error, needs, o.change ?? {});
      throw new UnavailableError("store-unavailable", text, next, undefined, error);
    }
  };

  return {
    name: "branch",
    find: (query) =>
      searchRecords(
        {
          recordAt,
          recorded: async (model, base) =>
            new Set([...(await recordsOf(model, base)).keys()].map((file) => file.replace(/\.json$/, ""))),
          ancestry: ancestry.get,
          known: async (base) => (models.has(base) ? [...(await models.get(base)).keys()].sort() : []),
          ...hubPlaces(o.client, o.repo),
          explain: (error, from) => {
            const needs = needsOf(from, { permission: "contents: read", what: `read the branch ${branch}` });
            const problem = explainFailure(error, needs, o.change ?? {});
            return `${problem.text} ${problem.next}`;
          },
        },
        query,
      ),
    history: (query) =>
      explained(history, async () => {
        const recorded = await recordsOf(query.model, query.branch);
        if (recorded.size === 0) return [];
        const near = await nearestRecords(query.base, (sha) => recorded.has(`${sha}.json`), query.window, ancestry.get);
        return inBatches(near, async (sha) => {
          const evaluation = await bytesOf(recorded.get(`${sha}.json`) ?? "");
          const verdict = () => explained(history, () => fileIn(o, branch, verdictPath({ ...query, sha })));
          return { sha, evaluation, verdict };
        });
      }),
    keepVerdict: (entry) =>
      explained({ permission: "contents: write", what: `write the branch ${branch}` }, async () => {
        const path = verdictPath(entry);
        const message = `Verdict on ${entry.model} at ${entry.sha.slice(0, 12)}`;
        return { written: await add(path, entry.verdict, message), where: `${path} on ${branch}` };
      }),
    async record(entry) {
      const path = `baselines/${folderOf(entry.branch)}/${entry.model}/${entry.sha}.json`;
      const message = `Baseline of ${entry.model} at ${entry.sha.slice(0, 12)}`;
      return { written: await add(path, entry.files.evaluation, message), where: `${path} on ${branch}` };
    },
  };
}

async function modelsOf(o: BranchStoreOptions, ledger: string, base: string): Promise<Map<string, string>> {
  try {
    const path = `baselines/${folderOf(base)}`;
    const { data } = await o.client.api.rest.repos.getContent({ ...ownerAndName(o.repo), path, ref: ledger });
    if (!Array.isArray(data)) return new Map();
    return new Map(data.filter((entry) => entry.type === "dir").map((entry) => [entry.name, entry.sha]));
  } catch (error) {
    // No branch yet, or nothing recorded for this base branch.
    if (failureOf(error).status === 404) return new Map();
    throw error;
  }
}

/** Equal but for `run`, which differs when the same commit is measured again. */
function sameDocument(one: Uint8Array, other: Uint8Array): boolean {
  if (Buffer.compare(one, other) === 0) return true;
  const [first, second] = [documentDigest(one), documentDigest(other)];
  return first !== undefined && first === second;
}

function documentDigest(bytes: Uint8Array): Digest | undefined {
  try {
    const document: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    if (typeof document !== "object" || document === null) return undefined;
    return digestOf(document, (text) => `sha256:${createHash("sha256").update(text).digest("hex")}`);
  } catch {
    // What cannot be read as a document is not the same as one.
    return undefined;
  }
}

function checkBranch(branch: string): void {
  const plain = /^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(branch);
  if (!plain || /\.\.|\/\/|\/$|\.$|\.lock(\/|$)|\/\./.test(branch)) {
    throw new UserError(
      "branch-invalid",
      `"${branch}" cannot be the name of the ledger branch`,
      "Use letters, digits, dots, dashes and slashes, as in metricgate.",
    );
  }
}
