const address = /^https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:\/[A-Za-z0-9._~%/=&?#+-]*)?$/;

/** An address that we built, when it can stand in Markdown and HTML without escaping; undefined otherwise. */
export function safeAddress(url: string | undefined): string | undefined {
  return url !== undefined && url.length <= 2000 && address.test(url) ? url : undefined;
}

/** The first seven digits of a commit id, or undefined when it is none. */
export function shortSha(sha: string | undefined): string | undefined {
  return sha !== undefined && /^[0-9a-f]{7,64}$/.test(sha) ? sha.slice(0, 7) : undefined;
}

/** The page of a commit, when both parts are what they should be. */
export function commitAddress(repository: string | undefined, sha: string | undefined): string | undefined {
  const base = safeAddress(repository);
  return base === undefined || shortSha(sha) === undefined ? undefined : `${base}/commit/${sha}`;
}
