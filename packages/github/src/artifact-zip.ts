import { createHash } from "node:crypto";
import { UnavailableError } from "@metricgate/core/errors/unavailable-error";
import { UserError } from "@metricgate/core/errors/user-error";
import type { Client } from "./client.ts";
import { failureOf } from "./patience.ts";
import { ownerAndName } from "./repository.ts";
import { readZip, zipLimits } from "./zip.ts";

/** An artifact as GitHub lists it. */
export interface ListedArtifact {
  id: number;
  name: string;
  expired: boolean;
  /** `sha256:…` of the archive, where GitHub tells it. */
  digest?: string;
}

/** The artifacts of a run, all pages. */
export async function artifactsOfRun(client: Client, repo: string, runId: number): Promise<ListedArtifact[]> {
  const all = await client.api.paginate(client.api.rest.actions.listWorkflowRunArtifacts, {
    ...ownerAndName(repo),
    run_id: runId,
    per_page: 100,
  });
  return all.map((artifact) => ({
    id: artifact.id,
    name: artifact.name,
    expired: artifact.expired,
    ...(typeof artifact.digest === "string" ? { digest: artifact.digest } : {}),
  }));
}

/**
 * Downloads an artifact by REST and unpacks it in memory, within the limits of `zipLimits`.
 * @throws UnavailableError `artifact-damaged` when its bytes are not those that GitHub names
 * @throws UserError `archive-refused`
 */
export async function readArtifact(
  client: Client,
  repo: string,
  artifact: ListedArtifact,
): Promise<Map<string, Uint8Array>> {
  const bytes = await download(client, repo, artifact.id);
  const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  if (artifact.digest !== undefined && artifact.digest !== digest) {
    throw new UnavailableError(
      "artifact-damaged",
      `The artifact ${artifact.name} has digest ${digest}, and GitHub names ${artifact.digest}`,
      "Run the job again; if it stays so, run the workflow that made the artifact again.",
    );
  }
  return readZip(bytes, zipLimits);
}

const tries = 3;

/** A broken transfer is repeated as a whole; the body is read here, so that its size has a limit. */
async function download(client: Client, repo: string, id: number): Promise<Uint8Array> {
  for (let done = 1; ; done++) {
    try {
      const { data } = await client.api.rest.actions.downloadArtifact({
        ...ownerAndName(repo),
        artifact_id: id,
        archive_format: "zip",
        request: { parseSuccessResponseBody: false },
      });
      return await collect(data, zipLimits.bytes);
    } catch (error) {
      // Only a body that broke off comes here without a status: the request itself was repeated by the client.
      const brokeOff = !(error instanceof UserError) && failureOf(error).status === undefined;
      if (!brokeOff || done === tries) throw error;
      await client.sleep(1000 * done);
    }
  }
}

async function collect(body: unknown, limit: number): Promise<Uint8Array> {
  if (!(body instanceof ReadableStream)) throw new TypeError("the answer has no body");
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError("the answer is not made of bytes");
    size += chunk.length;
    if (size > limit) {
      throw new UserError(
        "archive-refused",
        `The archive was refused: it has more than ${limit} bytes.`,
        "Upload less, or keep no rows with `rows: none`.",
      );
    }
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
