import type { Problem } from "@metricgate/core/errors/user-error";
import type { Client } from "./client.ts";
import { ownerAndName } from "./repository.ts";

/** What a run must be for its documents to be believed. What is left out is not asked for. */
export interface ExpectedRun {
  workflow?: string;
  events?: readonly string[];
  branch?: string;
  sha?: string;
  /** `success` unless given; `any` for a run that may have failed. */
  conclusion?: "success" | "any";
  /** A run of a fork is believed only with this. */
  fork?: boolean;
}

/** What GitHub says about a run. */
export interface RunFacts {
  id: number;
  attempt: number;
  workflow: string;
  event: string;
  branch?: string;
  sha: string;
  headRepository?: string;
  conclusion?: string;
  url: string;
}

/** Asks GitHub about a run and holds it against what is expected; every difference is a problem. */
export async function checkRun(
  client: Client,
  repo: string,
  runId: number,
  expected: ExpectedRun,
): Promise<{ facts: RunFacts; problems: Problem[] }> {
  const { data } = await client.api.rest.actions.getWorkflowRun({ ...ownerAndName(repo), run_id: runId });
  const headRepository = data.head_repository?.full_name;
  const facts: RunFacts = {
    id: data.id,
    attempt: data.run_attempt ?? 1,
    workflow: data.path.replace(/@.*$/, ""),
    event: data.event,
    sha: data.head_sha,
    url: data.html_url,
    ...(data.head_branch === null ? {} : { branch: data.head_branch }),
    ...(headRepository === undefined ? {} : { headRepository }),
    ...(data.conclusion === null ? {} : { conclusion: data.conclusion }),
  };
  return { facts, problems: differences(facts, data.repository.full_name, repo, expected) };
}

function differences(facts: RunFacts, ranIn: string, repo: string, expected: ExpectedRun): Problem[] {
  const problems: Problem[] = [];
  const want = (ok: boolean, what: string, is: string | undefined, should: string) => {
    if (!ok) problems.push(problem(facts, `${what} is ${is ?? "not known"}, and ${should} was expected`));
  };
  const same = (one: string | undefined, other: string) => one?.toLowerCase() === other.toLowerCase();
  want(same(ranIn, repo), "its repository", ranIn, repo);
  if (expected.fork !== true)
    want(same(facts.headRepository, repo), "the repository of its commit", facts.headRepository, repo);
  const { workflow, events, branch, sha } = expected;
  if (workflow !== undefined) want(facts.workflow === workflow, "its workflow", facts.workflow, workflow);
  if (events !== undefined) want(events.includes(facts.event), "its event", facts.event, events.join(" or "));
  if (branch !== undefined) want(facts.branch === branch, "its branch", facts.branch, branch);
  if (sha !== undefined) want(facts.sha === sha, "its commit", facts.sha, sha);
  if (expected.conclusion !== "any")
    want(facts.conclusion === "success", "its conclusion", facts.conclusion, "success");
  return problems;
}

function problem(facts: RunFacts, text: string): Problem {
  return {
    code: "run-refused",
    text: `Run ${facts.id} is not believed: ${text}.`,
    next: "Name the run of the workflow that gated this commit.",
    where: { url: facts.url },
  };
}
