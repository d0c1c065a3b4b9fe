import { UnavailableError } from "@metricgate/core/errors/unavailable-error";
import { UserError } from "@metricgate/core/errors/user-error";
import type { Client } from "./client.ts";
import { failureOf } from "./patience.ts";
import { ownerAndName } from "./repository.ts";

/**
 * The bytes of a file as it stands at `ref`; `undefined` when that commit has no such file.
 * @throws UserError `not-a-file` for a folder, a link or a file over 1 MB
 * @throws UnavailableError `commit-unknown` when GitHub does not know `ref`
 */
export async function fileAt(client: Client, repo: string, path: string, ref: string): Promise<Uint8Array | undefined> {
  try {
    const { data } = await client.api.rest.repos.getContent({ ...ownerAndName(repo), path, ref });
    if (Array.isArray(data) || data.type !== "file" || !("content" in data) || data.encoding !== "base64") {
      throw new UserError("not-a-file", `${path} is not a file of at most 1 MB at ${ref}`, "Name a regular file.", {
        file: path,
      });
    }
    return new Uint8Array(Buffer.from(data.content, "base64"));
  } catch (error) {
    const failure = failureOf(error);
    if (failure.status !== 404) throw error;
    if (/no commit found/i.test(failure.message)) {
      throw new UnavailableError(
        "commit-unknown",
        `GitHub knows no commit ${ref} in ${repo}`,
        "Check that the branch still exists, then run the job again.",
      );
    }
    return undefined;
  }
}
