/** What the runner's token says: whose run, which job, and which cache scopes. */
export interface RuntimeClaims {
  run: number;
  attempt: number;
  scopes: { scope: string; access: number }[];
}

/** The claims a runtime token is made of, beside the run. */
export interface RuntimeTokenOptions {
  job?: string;
  /** 1 reads, 2 writes, 3 both. The first scope that may be written is where saves go. */
  scopes?: { scope: string; access: number }[];
}

/**
 * An unsigned token in the shape of the runner's: `scp` names run and job for artifacts,
 * `ac` the cache scopes. The clients do not check its signature.
 */
export function runtimeToken(run: number, attempt = 1, options: RuntimeTokenOptions = {}): string {
  const scopes = options.scopes ?? [{ scope: "refs/heads/main", access: 3 }];
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = {
    scp: `Actions.ExampleScope Actions.Results:run-${run}-${attempt}:job-${options.job ?? "1"}`,
    ac: JSON.stringify(scopes.map(({ scope, access }) => ({ Scope: scope, Permission: access }))),
  };
  return `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.unsigned`;
}

/** Reads the claims of an `Authorization` header; undefined when it is not such a token. */
export function readRuntimeToken(authorization: string | undefined): RuntimeClaims | undefined {
  const payload = authorization?.replace(/^bearer /i, "").split(".")[1];
  if (payload === undefined) return undefined;
  const claims = parse(Buffer.from(payload, "base64url").toString("utf8"));
  const ids = /Actions\.Results:run-(\d+)-(\d+):/.exec(String(claims.scp ?? ""));
  if (ids === null) return undefined;
  const listed = parse(`{"list":${String(claims.ac ?? "[]")}}`).list;
  const scopes = Array.isArray(listed)
    ? listed.map((entry) => ({ scope: String(entry.Scope), access: Number(entry.Permission) }))
    : [];
  return { run: Number(ids[1]), attempt: Number(ids[2]), scopes };
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
