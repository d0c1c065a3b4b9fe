import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readZip, zipLimits } from "../../../packages/github/src/zip.ts";
import type { RealServers } from "../servers.ts";

/** The names of the artifacts that a run left, sorted. */
export const artifactNames = (servers: RealServers, run: number): string[] =>
  servers.state.artifacts
    .filter((one) => one.run === run && one.size !== undefined)
    .map(({ name }) => name)
    .sort();

/** Downloads an artifact of a run by the REST API, as a person would, and unpacks it. */
export async function downloadArtifact(servers: RealServers, run: number, name: string, into: string): Promise<void> {
  const artifact = servers.state.artifacts.find((one) => one.run === run && one.name === name);
  if (artifact === undefined)
    throw new Error(`run ${run} left no ${name}, but ${artifactNames(servers, run).join(", ")}`);
  const url = `${servers.apiUrl}/repos/${servers.repository}/actions/artifacts/${artifact.id}/zip`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${servers.token}` } });
  for (const [path, bytes] of await readZip(new Uint8Array(await answer.arrayBuffer()), zipLimits)) {
    mkdirSync(dirname(join(into, path)), { recursive: true });
    writeFileSync(join(into, path), bytes);
  }
}
