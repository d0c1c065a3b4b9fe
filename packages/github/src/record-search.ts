import type { BaselineFrom, BaselineLookup, BaselineQuery } from "@metricgate/core/ports/baseline-store";
import { recordOfDeployment } from "./baseline-places/record-of-deployment.ts";
import { recordOfTag } from "./baseline-places/record-of-tag.ts";
import type { Miss, Place, RecordSource, Search } from "./record-source.ts";

/** Only so many commits are looked into for one `from`: each may cost requests. */
const mostLooked = 20;

/**
 * Searches in the order of the policy; the first hit wins. What was looked at is told in words. `expired` outranks `none`,
 * since there was a record; a request that failed is `unavailable` and never counts as a first run.
 */
export async function searchRecords(source: RecordSource, query: BaselineQuery): Promise<BaselineLookup> {
  const search: Search = { source, query, tried: [], known: new Set() };
  const { tried } = search;
  const known = async () => [...new Set([...search.known, ...(await source.known(query.branch))])].sort();
  let why: Miss = "none";
  for (const from of query.from) {
    try {
      const hit = await look(search, from);
      if (typeof hit === "object") return { ...hit, tried, known: await known() };
      why = worse(why, hit);
    } catch (error) {
      tried.push({ from, found: source.explain(error, from) });
      why = "unavailable";
    }
  }
  return { found: false, why, tried, known: await known() };
}

async function look(search: Search, from: BaselineFrom): Promise<Place> {
  const { source, query, tried } = search;
  const { base } = query;
  if (from.startsWith("deployed:")) return recordOfDeployment(search, from);
  if (base === undefined) {
    tried.push({ from, found: "the commit that the change was merged into is not known" });
    return "none";
  }
  if (from.startsWith("tag:")) return recordOfTag(search, base, from);
  if (from !== "base" && from !== "ancestor" && from !== "latest") {
    tried.push({ from, found: "not a place that this store keeps" });
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
