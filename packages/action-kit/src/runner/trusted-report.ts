import { UserError, userErrorOf } from "@metricgate/core/errors/user-error";
import { planModels, protectedPaths, type TouchedFiles } from "@metricgate/core/plan/changed-models";
import type { Policy } from "@metricgate/core/policy/schema";
import type { MeasuredRun } from "@metricgate/github/measured-run";
import type { PullRequest } from "@metricgate/github/pull-request";
import { chainFiles } from "@metricgate/pipeline/chain/folder";
import { gate } from "@metricgate/pipeline/gate/gate";
import { policyToPlan } from "@metricgate/pipeline/plan/policy-to-plan";
import { silentModels } from "@metricgate/pipeline/report/expected-models";
import type { ReportRequest } from "@metricgate/pipeline/report/report";
import { receiveProposed } from "@metricgate/pipeline/trusted/proposed-documents";
import { statusOf } from "@metricgate/pipeline/trusted/status-of";
import { withWaivers } from "@metricgate/pipeline/trusted/with-waivers";
import type { ModelReport } from "@metricgate/report/view";
import { reportInRunner } from "./report-in-runner.ts";
import type { RunnerPorts } from "./runner-ports.ts";
import { lazyStore } from "./runner-store.ts";

/** The inputs that make a report a trusted one. */
export interface TrustedRequest extends ReportRequest {
  policy: string;
  "run-id": number;
  workflow: string;
  status: string;
  store: "artifact" | "branch";
}

/**
 * Reports a pull request's run with trusted code: finds the pull request by its head, plans by the base's policy and GitHub's list of files, takes
 * the evaluations that were uploaded, judges them anew, posts the comment and sets the status of the head.
 * @returns the exit code: 0 when the status could be set, whatever it says
 * @throws UserError `run-refused`, `pull-request-ambiguous`, `policy-error`
 */
export async function trustedReport(
  given: TrustedRequest,
  ports: RunnerPorts,
): Promise<{ verdict?: string; reportUrl?: string }> {
  const repo = ports.runner.repository ?? "";
  const client = await ports.client();
  const { measuredRun, tipOf } = await import("@metricgate/github/measured-run");
  const run = await measuredRun(client, repo, given["run-id"], given.workflow);
  if (run.problems.length > 0) throw userErrorOf(run.problems);
  const { pull } = run;
  if (pull === undefined) {
    ports.messages.info(`No open pull request has the head ${run.facts.sha} any more: nothing to report.`);
    return {};
  }
  const baseSha = await tipOf(client, repo, pull.base.branch);
  const base = { branch: pull.base.branch, sha: baseSha };
  const policyBytes = await ports.policyAt(given.policy, baseSha);
  const { policy } =
    policyBytes === undefined ? { policy: undefined } : await policyToPlan(decode(policyBytes), given.policy);
  const touched = await touchedOf(pull, ports);
  const guarded = policy === undefined ? [] : protectedPaths(policy, touched);
  const proposesWaivers = touched.paths.includes(given.policy) || !touched.complete;
  const approvedBy =
    policy !== undefined && (guarded.length > 0 || proposesWaivers)
      ? await approvals(pull, given.policy, baseSha, ports)
      : [];
  const judging = await judgingPolicy(policyBytes, approvedBy.length > 0 && proposesWaivers, pull, given.policy, ports);
  const { run: own } = ports.change;
  const trusted: RunnerPorts = {
    ...ports,
    // The push runs of the workflow that measures are the ones that record baselines.
    store: lazyStore(given.store, {
      ...ports,
      change: { ...ports.change, ...(own === undefined ? {} : { run: { ...own, workflow: given.workflow } }) },
    }),
    change: {
      ...ports.change,
      event: "workflow_run",
      repository: repo,
      headSha: pull.headSha,
      pullRequest: pull.number,
      fork: pull.headRepository?.toLowerCase() !== repo.toLowerCase(),
      base,
      recordsBaseline: false,
    },
    policyAt: async (path, ref) => (path === given.policy && ref === baseSha ? judging : ports.policyAt(path, ref)),
  };
  const expected = expectedOf(policy, given.policy, touched, run);
  const refused: ModelReport[] = [];
  for (const model of expected) {
    const why = await judge(model, given, run, trusted);
    if (why !== undefined) refused.push(why);
  }
  const telling = { ...given, comment: given.comment ?? policy?.comment?.when, expect: JSON.stringify(expected) };
  const result = await reportInRunner(telling, trusted, refused);
  const status = statusOf(result.view, { touched: guarded, approvedBy, head: pull.headSha });
  const { setStatus } = await import("@metricgate/github/status");
  const targetUrl = result.reportUrl ?? result.view.links.run;
  await setStatus(client, {
    repo,
    sha: pull.headSha,
    context: given.status,
    ...status,
    ...(targetUrl === undefined ? {} : { targetUrl }),
  });
  ports.messages.info(`Status ${given.status} of ${pull.headSha}: ${status.state}. ${status.description}`);
  return {
    ...(result.verdict === undefined ? {} : { verdict: result.verdict }),
    ...(result.reportUrl === undefined ? {} : { reportUrl: result.reportUrl }),
  };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

async function touchedOf(pull: PullRequest, ports: RunnerPorts): Promise<TouchedFiles> {
  const { changedFiles } = await import("@metricgate/github/pull-request");
  const { files, complete } = await changedFiles(await ports.client(), ports.runner.repository ?? "", pull.number);
  return {
    paths: files.flatMap(({ path, previous }) => (previous === undefined ? [path] : [path, previous])),
    complete,
  };
}

async function approvals(pull: PullRequest, path: string, baseSha: string, ports: RunnerPorts): Promise<string[]> {
  const { ownersWhoApproved } = await import("@metricgate/github/owner-approval");
  return ownersWhoApproved(await ports.client(), ports.runner.repository ?? "", pull, path, baseSha);
}

/** The base's policy, with the waivers of the pull request when an owner approved its head. */
async function judgingPolicy(
  base: Uint8Array | undefined,
  approved: boolean,
  pull: PullRequest,
  path: string,
  ports: RunnerPorts,
): Promise<Uint8Array | undefined> {
  if (base === undefined || !approved || pull.headRepository === undefined) return base;
  const { fileAt } = await import("@metricgate/github/policy-at");
  return withWaivers(base, await fileAt(await ports.client(), pull.headRepository, path, pull.headSha), path);
}

/** The models that must report: by the plan, and those that reported although they were not planned. */
function expectedOf(
  policy: Policy | undefined,
  path: string,
  touched: TouchedFiles,
  { artifacts }: MeasuredRun,
): string[] {
  const planned =
    policy === undefined
      ? []
      : planModels(policy, path, touched).flatMap(({ model, changed }) => (changed ? [model] : []));
  const uploaded = artifacts.flatMap(({ name }) => documentsOf.exec(name)?.groups?.model ?? []);
  return [...new Set([...planned, ...uploaded])].sort();
}

const documentsOf =
  /^metricgate-(?:evaluation|verdict)\.(?<model>[a-z0-9][a-z0-9._-]{0,63})\.(?<attempt>[1-9]\d{0,5})$/;

/** Judges one model's uploaded evaluation anew. @returns what stands in the report instead when it cannot be believed */
async function judge(
  model: string,
  given: TrustedRequest,
  run: MeasuredRun,
  ports: RunnerPorts,
): Promise<ModelReport | undefined> {
  const repo = ports.runner.repository ?? "";
  const client = await ports.client();
  const { readArtifact } = await import("@metricgate/github/artifact-zip");
  const { testsHead } = await import("@metricgate/github/measured-run");
  const mine = run.artifacts
    .flatMap((artifact) => {
      const found = documentsOf.exec(artifact.name)?.groups;
      return found?.model === model && !artifact.expired ? [{ artifact, attempt: Number(found.attempt) }] : [];
    })
    .sort((a, b) => b.attempt - a.attempt);
  const [newest] = mine;
  if (newest === undefined) return silentModels([model])[0];
  try {
    const sha = await receiveProposed(model, await readArtifact(client, repo, newest.artifact), ports);
    if (!(await testsHead(client, repo, sha, run.facts.sha)))
      throw new UserError(
        "commit-differs",
        `the evaluation of ${model} names the commit ${sha}, which is neither ${run.facts.sha} nor a merge of it`,
        "Run the pull request's workflow again.",
      );
    const committedAt = await ports.committedAt(sha);
    const earlier = mine.filter(({ attempt }) => attempt < newest.attempt).reverse();
    await gate(
      { model, policy: given.policy },
      {
        ...ports,
        change: { ...ports.change, sha, ...(committedAt === undefined ? {} : { committedAt }) },
        earlierAttempts: async () => {
          const found: { attempt: number; evaluation: Uint8Array }[] = [];
          for (const { artifact, attempt } of earlier) {
            const evaluation = (await readArtifact(client, repo, artifact)).get(chainFiles.evaluation);
            if (evaluation !== undefined && !found.some((one) => one.attempt === attempt))
              found.push({ attempt, evaluation });
          }
          return found;
        },
      },
    );
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    const text = thrown.problems.map((problem) => problem.text).join(" ");
    return { model, crashed: { step: "report", text: `Its documents were refused: ${text}` } };
  }
}
