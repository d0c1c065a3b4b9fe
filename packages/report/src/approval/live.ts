import type { Digest } from "@metricgate/core/documents/digest";
import type { Verdict } from "@metricgate/core/documents/verdict";
import type { Live } from "./approval-view.ts";

/** What somebody else says is live: the platform's deployments, or a deployment record. */
export type LiveSaid = { sha?: string; digest: Digest } | "none" | { unknown: string };

/**
 * What is live in an environment. The verdict's own baselines come first, since they were what was compared; what `said` tells decides nothing
 * but whether something else is live. `digests` are the model digests of the evaluations behind the baselines.
 */
export function liveOf(
  verdict: Verdict,
  environment: string,
  digests: { baseline?: Digest | undefined; anchor?: Digest | undefined },
  said: LiveSaid,
): Live {
  const place = `deployed:${environment}`;
  for (const side of ["baseline", "anchor"] as const) {
    const chosen = verdict[side];
    if (chosen?.from !== place) continue;
    const digest = digests[side];
    return {
      known: "compared",
      side,
      ...(chosen.sha === undefined ? {} : { sha: chosen.sha }),
      ...(digest === undefined ? {} : { digest }),
    };
  }
  if (said === "none") return { known: "none" };
  if ("unknown" in said) return { known: "unknown", why: said.unknown };
  return { known: "not-compared", digest: said.digest, ...(said.sha === undefined ? {} : { sha: said.sha }) };
}
