import type { Client } from "./client.ts";

/** Tells our own comments from those of others. */
export interface Author {
  wrote(user: { login: string; type: string }): Promise<boolean>;
}

const jobBot = "github-actions[bot]";

/**
 * Whose comments are ours: those of the token's owner. A job's own token writes as `github-actions[bot]`; only when another
 * bot has written our marker is GitHub asked who we are, because the token may be that of a GitHub App. Asks at most once.
 */
export function commentAuthor(client: Client): Author {
  let viewer: Promise<string> | undefined;
  const ask = (): Promise<string> => {
    viewer ??= client.tokenKind === "person" ? personOf(client) : viewerOf(client);
    return viewer;
  };
  return {
    async wrote(user) {
      if (client.tokenKind === "person") return user.login === (await ask());
      if (user.type !== "Bot") return false;
      // A known viewer settles it; until then the job's own bot is taken to be us.
      if (viewer === undefined && user.login === jobBot) return true;
      return user.login === (await ask());
    },
  };
}

async function personOf(client: Client): Promise<string> {
  return (await client.api.rest.users.getAuthenticated()).data.login;
}

async function viewerOf(client: Client): Promise<string> {
  const answer = await client.api.graphql<{ viewer: { login: string } }>("query { viewer { login } }");
  return answer.viewer.login;
}
