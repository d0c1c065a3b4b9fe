import { UnavailableError } from "@metricgate/core/errors/unavailable-error";
import { type Problem, UserError } from "@metricgate/core/errors/user-error";
import { failureOf, isAmbiguous, isRateLimit } from "./patience.ts";

/** What a request needed: the line under `permissions:`, as in `pull-requests: write`, and what it was for. */
export interface Needs {
  permission: string;
  what: string;
}

const pair =
  "Use the pair of workflows: a pull_request workflow that evaluates and uploads, and a workflow_run workflow that gates and reports.";

/**
 * Says why GitHub could not be used: the cause in one sentence and the next step. For a fork or Dependabot, whose token
 * is read-only whatever the workflow says, the step is the pair of workflows. Holds no token and no signed address.
 */
export function explainFailure(
  error: unknown,
  needs: Needs,
  change: { fork?: boolean; dependabot?: boolean },
): Problem {
  if (error instanceof UserError || error instanceof UnavailableError) {
    const [first] = error.problems;
    if (first !== undefined) return { ...first, text: first.text.replace(/\.?$/, ".") };
  }
  const failure = failureOf(error);
  const said = redact(failure.message);
  if (error instanceof Error && error.name === "GHESNotSupportedError") {
    return {
      code: "artifacts-unsupported",
      text: `This GitHub Enterprise Server has no artifacts of the kind needed to ${needs.what}.`,
      next: "Use `store: branch`, which keeps baselines on a branch.",
    };
  }
  if (isRateLimit(failure)) {
    return {
      code: "rate-limited",
      text: `GitHub's rate limit did not allow to ${needs.what} within the time we wait.`,
      next: "Run the job again after the limit was reset; for many jobs give a GitHub App's token.",
    };
  }
  if (failure.status === 401) {
    return {
      code: "token-refused",
      text: `GitHub does not accept the token that was given to ${needs.what}.`,
      next: "Give a valid token as `token`; without that input the job's own token is used.",
    };
  }
  if (failure.status === 403 || failure.status === 404) return notAllowed(failure.status, said, needs, change);
  if (failure.status === undefined) {
    return {
      code: "github-failed",
      text: `It was not possible to ${needs.what} (${said}).`,
      next: "Run the job again; if it stays so, report it with this line.",
    };
  }
  if (!failure.answered) {
    return {
      code: "github-unreachable",
      text: `GitHub could not be reached to ${needs.what} (${said}).`,
      next: "Check the network, the proxy and GITHUB_API_URL, then run the job again.",
    };
  }
  if (isAmbiguous(failure)) {
    return {
      code: "github-unavailable",
      text: `GitHub answered with ${failure.status} when asked to ${needs.what}.`,
      next: "Run the job again when GitHub is well.",
    };
  }
  return {
    code: "github-refused",
    text: `GitHub refused to ${needs.what} (${failure.status}: ${said}).`,
    next: "Change what the answer names, then run the job again.",
  };
}

function notAllowed(
  status: number,
  said: string,
  needs: Needs,
  change: { fork?: boolean; dependabot?: boolean },
): Problem {
  const text = `The token may not ${needs.what} (${status}: ${said}).`;
  if (change.fork || change.dependabot) {
    const who = change.fork ? "a fork" : "Dependabot";
    return { code: "token-read-only", text: `${text} A pull request of ${who} has a read-only token.`, next: pair };
  }
  const where = status === 404 ? " If it has it, check that the repository and what was asked for exist." : "";
  return {
    code: "permission-missing",
    text,
    next: `Add \`${needs.permission}\` under \`permissions:\` of the job.${where}`,
  };
}

/** Drops what may hold a secret: tokens and the queries of addresses. At most 300 characters, on one line. */
export function redact(text: string): string {
  return text
    .replace(/(https?:\/\/[^\s?"']*)\?[^\s"']*/g, "$1")
    .replace(/\b(gh[a-z]_\w+|github_pat_\w+|ey[\w-]{8,}\.[\w-]+\.[\w-]*)/g, "***")
    .replace(/\s+/g, " ")
    .slice(0, 300);
}
