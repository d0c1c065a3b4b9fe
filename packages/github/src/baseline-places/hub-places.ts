import type { Client } from "../client.ts";
import { activeDeployment } from "../deployments.ts";
import { failureOf } from "../patience.ts";
import type { RecordSource } from "../record-source.ts";
import { ownerAndName } from "../repository.ts";
import type { Tag } from "./newest-tag.ts";

/** Tags and Deployments as GitHub tells them. Nothing is asked before a policy names one. */
export function hubPlaces(
  client: Client,
  repo: string,
): Required<Pick<RecordSource, "tags" | "isAncestor" | "deployed">> {
  const { git, repos } = client.api.rest;
  const at = ownerAndName(repo);
  return {
    async tags(prefix) {
      const { data } = await git.listMatchingRefs({ ...at, ref: `tags/${prefix}` });
      return data.flatMap(({ ref, object }): Tag[] => {
        const name = ref.replace(/^refs\/tags\//, "");
        if (object.type === "commit") return [{ name, commit: async () => object.sha }];
        if (object.type !== "tag") return [];
        return [{ name, commit: () => taggedCommit(client, repo, object.sha) }];
      });
    },
    async isAncestor(sha, base) {
      if (sha === base) return true;
      try {
        const { data } = await repos.compareCommitsWithBasehead({ ...at, basehead: `${sha}...${base}`, per_page: 1 });
        return data.status === "ahead" || data.status === "identical";
      } catch (error) {
        // No common history.
        if (failureOf(error).status === 404) return false;
        throw error;
      }
    },
    deployed: (environment, model) => activeDeployment(client, { repo, environment, model }),
  };
}

/** The commit of an annotated tag; nothing when it names another object. */
async function taggedCommit(client: Client, repo: string, tag: string): Promise<string | undefined> {
  const { data } = await client.api.rest.git.getTag({ ...ownerAndName(repo), tag_sha: tag });
  return data.object.type === "commit" ? data.object.sha : undefined;
}
