import type { Note } from "../documents/fields.ts";
import type { GateResult } from "../documents/verdict.ts";
import { numberText } from "./number-text.ts";
import { because, type ReasonCode, remark } from "./reasons.ts";

/** What an earlier attempt may have found instead of a value; other kinds of missing come from what is no longer at hand of it. */
const withoutValue: ReadonlySet<string> = new Set<ReasonCode>(["metric-missing", "metric-undefined", "not-finite"]);

/**
 * Lets the worst of the attempts count: what failed in an earlier attempt on the same commit fails now, also when only the earlier
 * one asked it. The outcome and the numbers stay those of this attempt. Rows of earlier attempts may be gone, so only a fail counts:
 * without rows more is inconclusive or missing than was.
 */
export function worstOfAttempts(
  results: readonly GateResult[],
  earlier: readonly (readonly GateResult[])[],
): GateResult[] {
  const merged = new Map(results.map((result) => [result.id, result]));
  for (const before of earlier.flat().filter(failed)) {
    const now = merged.get(before.id);
    if (now === undefined) {
      merged.set(before.id, withReason(before, `Only an earlier attempt on this commit has ${before.id}.`));
    } else if (now.verdict !== "fail") {
      const text = `An earlier attempt on this commit failed${numbers(before)}; the worst of the attempts counts.`;
      merged.set(now.id, { ...withReason(now, text), verdict: "fail" });
    }
  }
  return [...merged.values()];
}

function failed({ verdict, outcome, reasons }: GateResult): boolean {
  return verdict === "fail" && (outcome === "fail" || withoutValue.has(reasons[0]?.code ?? ""));
}

/** The note for a policy that lets the latest attempt count. */
export function attemptsIgnored(count: number): Note {
  const text = `${count} earlier attempt(s) on this commit measured other numbers; on-rerun lets the latest count.`;
  return remark("earlier-attempt-ignored", text);
}

function withReason(result: GateResult, text: string): GateResult {
  return { ...result, reasons: [...result.reasons, because("earlier-attempt", text)] };
}

function numbers({ candidate, reasons }: GateResult): string {
  if (candidate !== undefined) return ` with ${numberText(candidate)}`;
  const code = reasons[0]?.code;
  return code === undefined ? "" : ` (${code})`;
}
