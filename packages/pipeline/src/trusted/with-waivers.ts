import { canonical, type Json } from "@metricgate/core/documents/canonical";

/**
 * The base's policy with the waivers that the pull request's own policy adds, once an owner of the policy approved exactly that head; nothing else of
 * the proposed policy counts. The base's bytes as they are when it adds none, or when either cannot be read.
 */
export async function withWaivers(
  base: Uint8Array,
  proposed: Uint8Array | undefined,
  path: string,
): Promise<Uint8Array> {
  if (proposed === undefined) return base;
  const { readPolicy } = await import("@metricgate/formats/policy/read-policy");
  const read = (bytes: Uint8Array) => readPolicy(new TextDecoder().decode(bytes), path);
  const [mine, theirs] = [read(base), read(proposed)];
  // A base with a problem is judged as it is, so that the problem is told.
  if (mine.policy === undefined || mine.problems.length > 0 || theirs.policy === undefined) return base;
  const known = new Set((mine.policy.waivers ?? []).map((waiver) => canonical(waiver as Json)));
  const added = (theirs.policy.waivers ?? []).filter((waiver) => !known.has(canonical(waiver as Json)));
  if (added.length === 0) return base;
  const joined = { ...mine.policy, waivers: [...(mine.policy.waivers ?? []), ...added] };
  // JSON is YAML, so the joined policy is read like any other.
  return new TextEncoder().encode(`${canonical(joined as Json)}\n`);
}
