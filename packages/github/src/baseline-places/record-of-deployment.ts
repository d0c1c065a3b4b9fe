import type { BaselineFrom } from "@metricgate/core/ports/baseline-store";
import { member } from "../payload.ts";
import type { Place, Search } from "../record-source.ts";

/** The record of the commit that is live; it must have measured the very model that is deployed. */
export async function recordOfDeployment(search: Search, from: BaselineFrom): Promise<Place> {
  const { source, query, tried } = search;
  const environment = from.slice("deployed:".length);
  if (source.deployed === undefined) {
    tried.push({ from, found: "deployments are not known here" });
    return "none";
  }
  const live = await source.deployed(environment, query.model);
  if (live === undefined) {
    tried.push({ from, found: `no active deployment of ${query.model} to ${environment}` });
    return "none";
  }
  // What is live is no first run, also when its record is gone.
  search.known.add(query.model);
  const what = `the deployment of ${live.sha.slice(0, 7)} to ${environment}`;
  const record = await source.recordAt(query.model, query.branch, live.sha);
  if ("missing" in record) {
    tried.push({ from, found: `${what}: ${record.found}` });
    return record.missing;
  }
  if (!measures(record.files.evaluation, live.modelDigest)) {
    tried.push({ from, found: `${what}: the record of that commit did not measure the deployed model` });
    return "none";
  }
  tried.push({ from, found: `a record of ${what}` });
  return { found: true, from, sha: live.sha, files: record.files };
}

/** Whether an evaluation, not yet validated, names this model digest. */
function measures(evaluation: Uint8Array, digest: string): boolean {
  try {
    return member(JSON.parse(new TextDecoder().decode(evaluation)), "model", "digest") === digest;
  } catch {
    // What cannot be read names nothing.
    return false;
  }
}
