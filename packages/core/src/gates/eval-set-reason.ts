import type { Evaluation } from "../documents/evaluation.ts";
import type { Reason } from "../documents/verdict.ts";
import type { ModelPolicy } from "../policy/schema.ts";
import { pairRows } from "../tables/pair.ts";
import type { Side } from "./decide-input.ts";
import { because } from "./reasons.ts";

/** Why two evaluations are not of the same eval set, and what to do; nothing where their digests are equal. `asked`: the policy's `pairing`. */
export function evalSetReason(
  candidateSide: Side,
  baselineSide: Side,
  asked: NonNullable<ModelPolicy["pairing"]>,
): Reason | undefined {
  const mine = candidateSide.received.document;
  const theirs = baselineSide.received.document;
  const candidate = mine.evalSet?.digest;
  const baseline = theirs.evalSet?.digest;
  if (candidate === baseline) return undefined;
  if (candidate === undefined || baseline === undefined) {
    const [with_, without] = candidate === undefined ? ["baseline", "candidate"] : ["candidate", "baseline"];
    return because("eval-set-unknown", `The ${with_} names its eval set, the ${without} does not.`);
  }
  const text = `The eval set changed from ${evalSetText(theirs)} to ${evalSetText(mine)}.`;
  const admit = `admit the new data once with \`accept-eval-set: ${candidate}\` in the policy`;
  const changed = (rows: string, next: string) => because("eval-set-changed", `${text}${rows}`, next);
  const onTheData = `Measure on the data of the baseline, or ${admit}.`;
  if (mine.evalSet?.of !== "rows") return changed("", onTheData);
  const differing = rowsThatDiffer(candidateSide, baselineSide);
  const rows = differing === undefined ? "" : ` ${differing}`;
  const onTheRows = `Measure on the rows of the baseline, ${admit}, or`;
  const common = "only the rows that both have with `pairing: intersection`";
  if (theirs.evalSet?.of === "rows") {
    const atHand = candidateSide.rows !== undefined && baselineSide.rows !== undefined;
    return changed(rows, atHand ? `${onTheRows} compare ${common}.` : onTheData);
  }
  const unsaid = `${rows} The baseline does not say that its digest is of rows: it was recorded with \`eval-set\`, or before records said so.`;
  const again = "the baseline again, as a push to its branch does";
  if (asked !== "auto") return changed(unsaid, `Record ${again}: then \`pairing: ${asked}\` decides. Or ${admit}.`);
  if (differing === undefined) return changed(unsaid, `Record ${again}, or ${admit}.`);
  return changed(unsaid, `${onTheRows} record ${again}, and compare ${common}.`);
}

/** How the rows of the two differ; nothing where they are the same, or where one side's are not at hand. */
function rowsThatDiffer(candidate: Side, baseline: Side): string | undefined {
  if (candidate.rows === undefined || baseline.rows === undefined) return undefined;
  const pairing = pairRows(candidate.rows, baseline.rows);
  return pairing.paired ? undefined : pairing.text;
}

function evalSetText({ evalSet }: Evaluation): string {
  const short = evalSet?.digest?.slice("sha256:".length, "sha256:".length + 8) ?? "unknown";
  return evalSet?.id === undefined ? short : `${evalSet.id} (${short})`;
}
