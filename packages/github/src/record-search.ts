import type {
  BaselineFiles,
  BaselineFrom,
  BaselineLookup,
  BaselineQuery,
  Tried,
} from "@metricgate/core/ports/baseline-store";
import type { Ancestry } from "./ancestry.ts";

/** What a store has of one commit: the files, or why there are none. */
export type RecordOf = { files: BaselineFiles } | { missing: "none" | "expired" | "unavailable"; found: string };

/** What a kind of store must know to be searched. */
export interface RecordSource {
  /** The record of a model at one commit. */
  recordAt(model: string, branch: string, sha: string): Promise<RecordOf>;
  /** The commits that may have a record, in any order. */
  recorded(model: string, branch: string): Promise<ReadonlySet<string>>;
  ancestry(base: string): Promise<Ancestry>;
  /** The models that were seen so far. */
  known(branch: string): Promise<string[]>;
  /** Puts a failed request in words. */
  explain(error: unknown): string;
}

/** Only so many commits are looked into for one `from`: each may cost requests. */
const mostLooked = 20;

type Hit = Extract<BaselineLookup, { found: true }>;
type Miss = "none" | "expired" | "unavailable";

/**
 * Searches in the order of the policy; the first hit wins. What was looked at is told in words. `expired` outranks `none`,
 * since there was a record; a request that failed is `unavailable` and never counts as a first run.
 */
export async function searchRecords(source: RecordSource, query: BaselineQuery): Promise<BaselineLookup> {
  const tried: Tried[] = [];
  let why: Miss = "none";
  for (const from of query.from) {
    try {
      const hit = await look(source, query, from, tried);
      if (typeof hit === "object") return { ...hit, tried, known: await source.known(query.branch) };
      why = worse(why, hit);
    } catch (error) {
      tried.push({ from, found: source.explain(error) });
      why = "unavailable";
    }
  }
  return { found: false, why, tried, known: await source.known(query.branch) };
}

async function look(
  source: RecordSource,
  query: BaselineQuery,
  from: BaselineFrom,
  tried: Tried[],
): Promise<Omit<Hit, "tried" | "known"> | Miss> {
  if (from !== "base" && from !== "ancestor" && from !== "latest") {
    tried.push({ from, found: "not a place that this store keeps" });
    return "none";
  }
  const { base } = query;
  if (base === undefined) {
    tried.push({ from, found: "the commit that the change was merged into is not known" });
    return "none";
  }
  const shas = from === "base" ? [base] : await candidates(source, query, base, from);
  if (shas.length === 0) tried.push({ from, found: "no record in the last 100 commits" });
  let why: Miss = "none";
  for (const sha of shas) {
    const record = await source.recordAt(query.model, query.branch, sha);
    if ("files" in record) {
      const behind = from === "base" ? 0 : (await source.ancestry(base)).firstParents.indexOf(sha);
      tried.push({ from, found: `a record of ${sha.slice(0, 7)}` });
      return { found: true, from, sha, ...(behind < 0 ? {} : { behind }), files: record.files };
    }
    tried.push({ from, found: record.found });
    why = worse(why, record.missing);
  }
  return why;
}

/** Commits with a record: for `ancestor` along first parents, nearest first; for `latest` anywhere in the history, newest first. */
async function candidates(
  source: RecordSource,
  query: BaselineQuery,
  base: string,
  from: "ancestor" | "latest",
): Promise<string[]> {
  const recorded = await source.recorded(query.model, query.branch);
  if (recorded.size === 0) return [];
  const ancestry = await source.ancestry(base);
  const line = from === "ancestor" ? ancestry.firstParents : ancestry.all;
  // The base itself has been looked at where the policy names it before.
  const before = query.from.slice(0, query.from.indexOf(from));
  const done = before.includes("base") ? base : undefined;
  return line.filter((sha) => sha !== done && recorded.has(sha)).slice(0, mostLooked);
}

function worse(one: Miss, other: Miss): Miss {
  const order: Miss[] = ["none", "expired", "unavailable"];
  return order.indexOf(one) >= order.indexOf(other) ? one : other;
}
