import type { Note } from "../documents/fields.ts";
import type { GateResult } from "../documents/verdict.ts";
import { worse } from "./judgement.ts";
import { numberText } from "./number-text.ts";
import { because, remark } from "./reasons.ts";

/**
 * Lets the worst of the attempts count: a result that an earlier attempt on the same commit had worse takes its verdict, and a
 * result that only an earlier attempt had stays when it was no pass. The outcome and the numbers stay those of this attempt.
 */
export function worstOfAttempts(
  results: readonly GateResult[],
  earlier: readonly (readonly GateResult[])[],
): GateResult[] {
  const merged = new Map(results.map((result) => [result.id, result]));
  for (const attempt of earlier) {
    for (const before of attempt) {
      const now = merged.get(before.id);
      if (now === undefined) {
        if (before.verdict !== "pass")
          merged.set(before.id, withReason(before, `Only an earlier attempt on this commit has ${before.id}.`));
      } else if (worse(now.verdict, before.verdict) !== now.verdict) {
        const text = `An earlier attempt on this commit was ${before.outcome}${numbers(before)}; the worst of the attempts counts.`;
        merged.set(now.id, { ...withReason(now, text), verdict: before.verdict });
      }
    }
  }
  return [...merged.values()];
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
