import type { BaselineFrom } from "@metricgate/core/ports/baseline-store";
import type { Place, Search } from "../record-source.ts";
import { newestTag } from "./newest-tag.ts";

/** The record of the newest tag. An older one is not taken in its stead: which release counts must not depend on what was kept. */
export async function recordOfTag({ source, query, tried }: Search, base: string, from: BaselineFrom): Promise<Place> {
  const { tags, isAncestor } = source;
  if (tags === undefined || isAncestor === undefined) {
    tried.push({ from, found: "the tags of the repository are not known here" });
    return "none";
  }
  const tag = await newestTag({ tags, isAncestor }, from.slice("tag:".length), base);
  if ("none" in tag) {
    tried.push({ from, found: tag.none });
    return "none";
  }
  const record = await source.recordAt(query.model, query.branch, tag.sha);
  const what = `tag ${tag.name} at ${tag.sha.slice(0, 7)}`;
  if ("files" in record) {
    tried.push({ from, found: `a record of ${what}` });
    return { found: true, from, sha: tag.sha, files: record.files };
  }
  tried.push({ from, found: `${what}: ${record.found}` });
  return record.missing;
}
