import { CrashError } from "./crash-error.ts";
import { UnavailableError } from "./unavailable-error.ts";
import { type Problem, UserError } from "./user-error.ts";

/** How a verb ended that has no result. */
export interface Failure {
  status: "invalid" | "unavailable" | "crashed";
  /** 2 for input and policy, 3 for what could not be done. */
  exitCode: 2 | 3;
  problems: readonly Problem[];
  /** The end of the user's own output, when it was their command that failed. */
  tail?: string;
}

/** Turns anything thrown into a failure. What is none of our errors is a bug of ours, and says so. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof UserError) return { status: "invalid", exitCode: 2, problems: bare(thrown.problems) };
  if (thrown instanceof CrashError)
    return { status: "crashed", exitCode: 3, problems: bare(thrown.problems), tail: thrown.tail };
  if (thrown instanceof UnavailableError)
    return { status: "unavailable", exitCode: 3, problems: bare(thrown.problems) };
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return {
    status: "crashed",
    exitCode: 3,
    problems: [
      {
        code: "internal",
        text: `MetricGate itself failed: ${text}`,
        next: "Please report it with the log of a run with debug logging (RUNNER_DEBUG=1).",
      },
    ],
  };
}

/** Without the full stop of the cause: who shows a problem puts one between the cause and the next step. */
function bare(problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, text: problem.text.replace(/\.$/, "") }));
}
