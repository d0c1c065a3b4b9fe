import type { Deployment } from "@metricgate/core/documents/deployment";
import type { Digest } from "@metricgate/core/documents/digest";
import { UserError } from "@metricgate/core/errors/user-error";
import { buildManifest } from "@metricgate/core/manifest/model-digest";
import { listModelFiles } from "@metricgate/targets/list-model-files";
import { checkStillLive } from "../approval/still-live.ts";
import { chainFiles, chainFolder } from "../chain/folder.ts";
import { writeDocument } from "../chain/write-document.ts";
import { sourceOf } from "../evaluate/evaluate.ts";
import { checkedVerdict } from "./checked-verdict.ts";
import type { DeployPorts, DeployRequest, Plan } from "./deploy-ports.ts";
import { promote } from "./promote.ts";

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
  const plan = request.rollback ? await rollbackPlan(ports) : await promotionPlan(request, previous, ports);
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

async function rollbackPlan({ previousOf }: DeployPorts): Promise<Plan> {
  const digest = await previousOf();
  if (digest === undefined)
    throw new UserError("no-previous", "there is no earlier model to go back to", "Deploy one by its digest.");
  return { digest };
}

async function promotionPlan(request: DeployRequest, live: Digest | undefined, ports: DeployPorts): Promise<Plan> {
  const verdict = await checkedVerdict(request, ports);
  await checkStillLive(verdict.document, request.environment ?? "production", live, ports);
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
    files: await judgedFiles(request.model, path, verdict.model, ports),
  };
}

/** The files to be promoted, hashed again before anybody is asked or told. @throws UserError `model-digest-differs` */
async function judgedFiles(model: string, path: string, judged: Digest, { workspace, hashing, progress }: DeployPorts) {
  const from = await workspace.resolve(path);
  const manifest = buildManifest(model, await listModelFiles(from, progress), hashing.text);
  if (manifest.digest === judged) return { manifest, from };
  throw new UserError(
    "model-digest-differs",
    `the files in ${path} are ${manifest.digest}, and ${judged} was judged`,
    "Deploy the bytes that were evaluated; nothing is rebuilt on the way.",
    { file: path },
  );
}
