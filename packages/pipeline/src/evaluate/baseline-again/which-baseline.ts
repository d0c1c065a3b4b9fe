import type { Digest } from "@metricgate/core/documents/digest";
import { UserError } from "@metricgate/core/errors/user-error";
import type { Policy } from "@metricgate/core/policy/schema";
import type { BaselineFrom, BaselineLookup } from "@metricgate/core/ports/baseline-store";
import { receiveBytes } from "../../chain/read-document.ts";
import type { EvaluatePorts } from "../evaluate-ports.ts";

/** The commit whose baseline is to be measured again, or why none is, in words. */
export type WhichBaseline = { sha: string } | { none: string };

/**
 * Which baseline is measured again: the stored one when it was measured on another eval set, the base's when its record is gone.
 * One that was measured on the same data is not, and the base of a model that nobody recorded has none.
 */
export async function whichBaseline(
  model: string,
  evalSet: Digest | undefined,
  policy: Policy | undefined,
  { store, change, hashing }: EvaluatePorts,
): Promise<WhichBaseline> {
  const { branch, sha: base } = change.base ?? {};
  if (branch === undefined || base === undefined) {
    throw new UserError(
      "base-unknown",
      "`baseline-run` needs the commit of the base, which is not known here",
      "On a laptop name it by `--base`; in a workflow run on pull requests or pushes.",
    );
  }
  const from = ((policy?.baseline?.from ?? ["base", "ancestor", "latest"]) as BaselineFrom[]).filter(
    (place) => !place.startsWith("file:"),
  );
  if (store === undefined) return { sha: base };
  const lookup = await store.find({ model, branch, base, from });
  if (lookup.found) {
    const same = evalSet !== undefined && evalSetIn(lookup, hashing) === evalSet;
    return same ? { none: "it was measured on this eval set already" } : { sha: lookup.sha ?? base };
  }
  const recorded = lookup.why !== "none" || lookup.known.includes(model);
  return recorded ? { sha: base } : { none: `the base has no record of ${model}` };
}

/** The eval set of a stored evaluation; one that cannot be read has none. */
function evalSetIn(
  { files }: Extract<BaselineLookup, { found: true }>,
  hashing: EvaluatePorts["hashing"],
): Digest | undefined {
  try {
    return receiveBytes("evaluation", files.evaluation, "the baseline", hashing).document.evalSet?.digest;
  } catch (thrown) {
    if (thrown instanceof UserError) return undefined;
    throw thrown;
  }
}
