/** What a permission of a token may be; `write` includes `read`. */
export type Access = "read" | "write";
export type Permissions = Readonly<Record<string, Access>>;

export interface Token {
  /** How the request log calls it. */
  name: string;
  /** The secret itself, as sent after `Bearer` or `token`. */
  secret: string;
  /** `installation` is GITHUB_TOKEN or an App's token; `user` a personal one, which has no scopes here. */
  kind: "installation" | "user";
  /** Who writes with it; `github-actions[bot]` for GITHUB_TOKEN. */
  login: string;
  permissions: Permissions;
}

/** Every permission that a workflow may ask for. */
export const allPermissions = [
  "actions",
  "attestations",
  "checks",
  "contents",
  "deployments",
  "issues",
  "packages",
  "pull_requests",
  "statuses",
] as const;

/** GITHUB_TOKEN with the given permissions (`metadata: read` is always there, as on GitHub). */
export function workflowToken(name: string, secret: string, permissions: Permissions): Token {
  return {
    name,
    secret,
    kind: "installation",
    login: "github-actions[bot]",
    permissions: { metadata: "read", ...permissions },
  };
}

/** A token that may write everything. */
export function writeToken(secret = "ghs_doublewritetoken0123456789"): Token {
  return workflowToken("write", secret, Object.fromEntries(allPermissions.map((name) => [name, "write"])));
}

/** What the jobs of a fork's pull request, and Dependabot's, get. */
export function forkToken(secret = "ghs_doubleforktoken0123456789"): Token {
  return workflowToken("fork", secret, Object.fromEntries(allPermissions.map((name) => [name, "read"])));
}

/** Whether one of the alternatives is covered. No alternative means that any token will do. */
export function isGranted(token: Token, alternatives: readonly Permissions[]): boolean {
  if (token.kind === "user" || alternatives.length === 0) return true;
  return alternatives.some((needed) =>
    Object.entries(needed).every(([name, access]) => {
      const held = token.permissions[name];
      return held === "write" || held === access;
    }),
  );
}

/** The value of `X-Accepted-GitHub-Permissions`: alternatives apart by `; `, all of one by `,`. */
export function acceptedPermissions(alternatives: readonly Permissions[]): string {
  return alternatives
    .map((needed) =>
      Object.entries(needed)
        .map(([name, access]) => `${name}=${access}`)
        .join(","),
    )
    .join("; ");
}

/** The secret that a job gets: the first token, or the first that writes nothing. Throws when there is none. */
export function secretFor(tokens: readonly Token[], readOnly: boolean): string {
  const fits = tokens.find((token) => !readOnly || !Object.values(token.permissions).includes("write"));
  if (fits === undefined)
    throw new Error("This event's job has a token that only reads: give the server forkToken() too.");
  return fits.secret;
}
