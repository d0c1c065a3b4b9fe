import { UnavailableError } from "@metricgate/core/errors/unavailable-error";
import { type Problem, UserError, userErrorOf } from "@metricgate/core/errors/user-error";
import { planModels, protectedPaths, type TouchedFiles } from "@metricgate/core/plan/changed-models";
import { pathMatches } from "@metricgate/core/plan/path-glob";
import { touchedFrom } from "@metricgate/core/plan/repository-path";
import type { Policy } from "@metricgate/core/policy/schema";
import { textAt } from "@metricgate/github/payload";
import type { PullRequest } from "@metricgate/github/pull-request";
import { policyToPlan } from "@metricgate/pipeline/plan/policy-to-plan";
import { isDefaultPolicy, namedPolicyMissing } from "@metricgate/pipeline/policy/policy-wanted";
import type { ReportRequest } from "@metricgate/pipeline/report/report";
import { statusOf } from "@metricgate/pipeline/trusted/status-of";
import { withWaivers } from "@metricgate/pipeline/trusted/with-waivers";
import { workspacePath } from "@metricgate/pipeline/workspace/workspace-path";
import type { ModelReport, OwnerApproval } from "@metricgate/report/view";
import { judgeProposed, modelsIn } from "./judge-proposed.ts";
import { reportInRunner } from "./report-in-runner.ts";
import type { RunnerPorts } from "./runner-ports.ts";
import { lazyStore } from "./runner-store.ts";

/** The inputs that make a report a trusted one. */
export interface TrustedRequest extends ReportRequest {
  policy: string;
  "run-id": number;
  workflow: string;
  status: string;
  /** Globs of the base branches that a success may be given for; the default branch when there are none. */
  bases?: readonly string[] | undefined;
  store: "artifact" | "branch";
}

/**
 * Reports a pull request's run with trusted code: finds the pull request by its head, plans by the base's policy and GitHub's list of files, takes
 * the evaluations that were uploaded, judges them anew, posts the comment and sets the status of the head.
 * @returns the exit code: 0 when the status could be set, whatever it says
 * @throws UserError `run-refused`, `pull-request-ambiguous`, `policy-missing`, `policy-error`
 */
export async function trustedReport(
  request: TrustedRequest,
  ports: RunnerPorts,
): Promise<{ verdict?: string; reportUrl?: string }> {
  const given = { ...request, policy: workspacePath(ports.workspace.root, request.policy) };
  const place = ports.repositoryFolder;
  const policyFile = place.pathOf(given.policy);
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
  const { policy, problems = [] }: { policy?: Policy; problems?: Problem[] } =
    policyBytes === undefined ? {} : await policyToPlan(decode(policyBytes), given.policy);
  const { setStatus } = await import("@metricgate/github/status");
  const head = { repo, sha: pull.headSha, context: given.status };
  const nowhere = policyBytes === undefined ? await nowhereAt(given.policy, policyFile, pull, ports) : undefined;
  if (nowhere !== undefined) {
    const description = `${pull.base.branch} has no policy ${given.policy}: nothing was judged.`;
    await setStatus(client, { ...head, state: "error", description });
    throw nowhere;
  }
  if (policyBytes !== undefined && policy === undefined) {
    const description = `The policy of ${pull.base.branch} cannot be read: nothing was judged.`;
    await setStatus(client, { ...head, state: "error", description });
    throw userErrorOf(problems);
  }
  const touched = await touchedOf(pull, ports);
  const guarded = policy === undefined ? [] : protectedPaths(policy, touched);
  const proposesWaivers = touched.paths.includes(policyFile) || !touched.complete;
  const approvedBy =
    policy !== undefined && (guarded.length > 0 || proposesWaivers)
      ? await approvals(pull, policyFile, baseSha, ports)
      : [];
  const waived = proposesWaivers ? await policyWithWaivers(policyBytes, pull, policyFile, ports) : policyBytes;
  const judging = approvedBy.length > 0 ? waived : policyBytes;
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
      // The token here is this repository's own: what it may not do is a missing permission line.
      fork: false,
      base,
      recordsBaseline: false,
    },
    policyAt: async (path, ref) => (path === given.policy && ref === baseSha ? judging : ports.policyAt(path, ref)),
  };
  const planned =
    policy === undefined
      ? []
      : planModels(policy, given.policy, touchedFrom(place.folder, touched)).flatMap(({ model, changed }) =>
          changed ? [model] : [],
        );
  const expected = [...new Set([...planned, ...modelsIn(run)])].sort();
  const refused: ModelReport[] = [];
  for (const model of expected) {
    const why = await judgeProposed(model, given.policy, run, trusted);
    if (why !== undefined) refused.push(why);
  }
  const telling = { ...given, comment: given.comment ?? policy?.comment?.when, expect: JSON.stringify(expected) };
  const judgedBase = trustedBase(pull.base.branch, given.bases, ports);
  const ownerApproval: OwnerApproval = {
    ...(judgedBase.trusted ? {} : { refusedBase: judgedBase.branch }),
    policy: policyFile,
    files: guarded,
    policyEdited: touched.paths.includes(policyFile),
    waivers: waived !== policyBytes,
    approvedBy,
  };
  const asked = policy === undefined ? {} : { ownerApproval };
  const result = await reportInRunner(telling, { ...trusted, ...asked }, refused);
  const known = policy !== undefined;
  const judgedFor = { known, touched: guarded, approvedBy, head: pull.headSha };
  const status = statusOf(result.view, { ...judgedFor, base: judgedBase });
  const targetUrl = result.reportUrl ?? result.view.links.run;
  await setStatus(client, { ...head, ...status, ...(targetUrl === undefined ? {} : { targetUrl }) });
  ports.messages.info(`Status ${given.status} of ${pull.headSha}: ${status.state}. ${status.description}`);
  return {
    ...(result.verdict === undefined ? {} : { verdict: result.verdict }),
    ...(result.reportUrl === undefined ? {} : { reportUrl: result.reportUrl }),
  };
}

/** That a policy which was named is neither at the base nor what the pull request brings; undefined of the default path. */
async function nowhereAt(
  named: string,
  path: string,
  pull: PullRequest,
  ports: RunnerPorts,
): Promise<UserError | undefined> {
  if (isDefaultPolicy(named)) return undefined;
  const { fileAt } = await import("@metricgate/github/policy-at");
  const brought =
    pull.headRepository === undefined
      ? undefined
      : await fileAt(await ports.client(), pull.headRepository, path, pull.headSha);
  return brought === undefined ? namedPolicyMissing(named) : undefined;
}

/** Whether a success may be given for a pull request into this branch. */
function trustedBase(branch: string, bases: readonly string[] | undefined, { runner }: RunnerPorts) {
  const trusted =
    bases === undefined
      ? branch === textAt(runner.payload, "repository", "default_branch")
      : bases.some((glob) => pathMatches(glob, branch));
  return { branch, trusted };
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

/** The base's policy, with the waivers that the pull request adds; the base's own bytes when it adds none, or its policy cannot be read. */
async function policyWithWaivers(
  base: Uint8Array | undefined,
  pull: PullRequest,
  path: string,
  ports: RunnerPorts,
): Promise<Uint8Array | undefined> {
  if (base === undefined || pull.headRepository === undefined) return base;
  const { fileAt } = await import("@metricgate/github/policy-at");
  try {
    return await withWaivers(base, await fileAt(await ports.client(), pull.headRepository, path, pull.headSha), path);
  } catch (thrown) {
    if (!(thrown instanceof UserError || thrown instanceof UnavailableError)) throw thrown;
    ports.messages.warn(`The policy of the pull request cannot be read, so no waiver of it counts: ${thrown.message}`);
    return base;
  }
}
