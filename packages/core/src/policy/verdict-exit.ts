import type { Verdict } from "../documents/verdict.ts";

/** The exit code that follows from a verdict (DESIGN §9): 1 on fail, else 0. `inform` shows a fail and does not fail the step. */
export function exitCodeOf(verdict: { verdict?: Verdict["verdict"] }, mode: "judge" | "inform" | undefined): 0 | 1 {
  return verdict.verdict === "fail" && mode !== "inform" ? 1 : 0;
}
