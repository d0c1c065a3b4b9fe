import type { Approval, Deployment, Smoke } from "@metricgate/core/documents/deployment";
import type { Digest } from "@metricgate/core/documents/digest";
import type { Judgement } from "@metricgate/core/documents/verdict";
import { UserError } from "@metricgate/core/errors/user-error";
import type { Change } from "@metricgate/core/ports/change";
import type { Engine } from "@metricgate/core/ports/engine";
import type { Target } from "@metricgate/core/ports/target";
import { chainFiles, chainFolder } from "../chain/folder.ts";
import { writeDocument } from "../chain/write-document.ts";
import { sourceOf } from "../evaluate/evaluate.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Messages } from "../ports/messages.ts";
import type { Workspace } from "../ports/workspace.ts";
import { checkedVerdict } from "./checked-verdict.ts";
import { promote } from "./promote.ts";

/** The inputs of the verb, as the action and the command line name them. */
export interface DeployRequest {
  model: string;
  "model-digest"?: Digest | undefined;
  path?: string | undefined;
  environment?: string | undefined;
  accept: "pass" | "warn";
  approval: "environment" | "pull-request" | "none";
  "smoke-run"?: string | undefined;
  "smoke-url"?: string | undefined;
  "pass-env"?: string[] | undefined;
  rollback: boolean;
}

/** What the platform shows of a promotion while it happens. */
export interface DeploymentLog {
  start(model: string, digest: Digest, environment: string): Promise<void>;
  finish(state: "success" | "failure", text: string): Promise<string | undefined>;
}

export interface DeployPorts {
  workspace: Workspace;
  hashing: Hashing;
  messages: Messages;
  change: Change;
  engine: Engine;
  target: Target;
  smokeHttp(url: string): Promise<Smoke>;
  /** The digest that was live before the present one; absent when there is none to go back to. */
  previousOf(): Promise<Digest | undefined>;
  /** Checks that somebody approved. @throws UserError `not-approved` */
  approve(kind: DeployRequest["approval"], environment: string | undefined): Promise<Approval>;
  log?: DeploymentLog;
  /** The clock, for `run` only. */
  now(): string;
}

export interface DeployResult {
  deployment: Deployment;
  digest: Digest;
  url?: string;
  files: string[];
}

/** Promotes the bytes that were judged and approved, tests them, and goes back when they fail; or goes back when asked to. */
export async function deploy(request: DeployRequest, ports: DeployPorts): Promise<DeployResult> {
  const { target, change, messages } = ports;
  const previous = await target.current();
  const plan = request.rollback ? await rollbackPlan(ports) : await promotionPlan(request, ports);
  const approval = await ports.approve(request.approval, request.environment);
  const environment = request.environment ?? "production";
  await ports.log?.start(request.model, plan.digest, environment);
  messages.info(
    `${request.rollback ? "Going back to" : "Promoting"} ${plan.digest}${previous === undefined ? "" : `, live is ${previous}`}`,
  );
  const { outcome, smoke } = await promote(request, plan, previous, ports).catch(async (thrown: unknown) => {
    await ports.log?.finish("failure", "the promotion could not be carried out");
    throw thrown;
  });
  const good = outcome === "active" || outcome === "unchanged";
  const url = await ports.log?.finish(good ? "success" : "failure", texts[outcome]);
  const deployment: Deployment = {
    kind: "metricgate/deployment@1",
    model: { name: request.model, digest: plan.digest },
    source: sourceOf(change),
    ...(plan.verdict === undefined ? {} : { verdict: plan.verdict }),
    approval,
    target: {
      type: target.type,
      to: target.to,
      ...(request.environment === undefined ? {} : { environment: request.environment }),
    },
    action: request.rollback ? "rollback" : "promote",
    ...(previous === undefined ? {} : { previous }),
    smoke,
    outcome,
    run: { ...change.run, at: ports.now(), ...(url === undefined ? {} : { url }) },
  };
  const path = `${chainFolder(request.model)}/${chainFiles.deployment}`;
  await writeDocument(ports.workspace, path, deployment, ports.hashing);
  return { deployment, digest: plan.digest, files: [path], ...(url === undefined ? {} : { url }) };
}

/** One sentence for each end of a promotion; at most 140 characters, as a deployment status allows. */
const texts: Record<Deployment["outcome"], string> = {
  active: "live, smoke test passed",
  unchanged: "it was live already",
  "rolled-back": "the smoke test failed; the previous model is live again",
  failed: "the smoke test failed, and there was nothing to go back to",
};

/** What is to become live, and why it may. */
export interface Plan {
  digest: Digest;
  verdict?: { digest: Digest; verdict: Judgement };
  /** Absolute folder of the files; absent when they are staged already. */
  from?: string;
}

async function rollbackPlan({ previousOf }: DeployPorts): Promise<Plan> {
  const digest = await previousOf();
  if (digest === undefined)
    throw new UserError("no-previous", "there is no earlier model to go back to", "Deploy one by its digest.");
  return { digest };
}

async function promotionPlan(request: DeployRequest, ports: DeployPorts): Promise<Plan> {
  const verdict = await checkedVerdict(request, ports);
  const path = request.path;
  if (path === undefined)
    throw new UserError(
      "input-missing",
      "the input `path` is required",
      "Give the folder that holds the model's files, or `run-id:` of a run that uploaded them.",
    );
  return {
    digest: verdict.model,
    verdict: { digest: verdict.digest, verdict: verdict.verdict },
    from: await ports.workspace.resolve(path),
  };
}
