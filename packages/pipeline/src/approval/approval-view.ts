import type { Digest } from "@metricgate/core/documents/digest";
import type { Verdict } from "@metricgate/core/documents/verdict";
import type { ApprovalView, CodeChange, PinChange } from "@metricgate/report/approval/approval-view";
import { type LiveSaid, liveOf } from "@metricgate/report/approval/live";
import type { Links, ModelReport } from "@metricgate/report/view";
import { chainFiles, chainFolder } from "../chain/folder.ts";
import { readDocument } from "../chain/read-document.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Messages } from "../ports/messages.ts";
import type { Workspace } from "../ports/workspace.ts";
import { pinChanges, readsPins } from "./pins.ts";

/** Files with pins that are read, each of which costs two requests. */
const mostPinFiles = 3;

export interface ApprovalPorts {
  workspace: Workspace;
  hashing: Hashing;
  messages: Messages;
  links: Links;
  /** What is live, where the platform knows its deployments. */
  liveIn?: (environment: string, model: string) => Promise<{ sha: string; modelDigest: string } | undefined>;
  /** The commits and files between two commits; nothing where that cannot be told. */
  between?: (from: string, to: string) => Promise<CodeChange | undefined>;
  /** A file as it stands at a commit. */
  fileAt?: (path: string, sha: string) => Promise<Uint8Array | undefined>;
}

/**
 * Gathers what the people who approve a deployment to an environment need about one model. What cannot be found out is left out or told as not known,
 * with a warning: this decides nothing.
 */
export async function approvalView(
  environment: string,
  model: ModelReport,
  ports: ApprovalPorts,
): Promise<ApprovalView> {
  const { verdict } = model;
  const live =
    verdict === undefined
      ? ({ known: "unknown", why: "there is no verdict" } as const)
      : liveOf(
          verdict,
          environment,
          await digestsOf(verdict, model, ports),
          await saidToBeLive(verdict, environment, ports),
        );
  const [from, to] = ["sha" in live ? live.sha : undefined, verdict?.candidate.sha];
  const code =
    from === undefined || to === undefined || ports.between === undefined
      ? undefined
      : await orWarn("The code since the live version is not shown", () => ports.between?.(from, to), ports);
  const pins =
    code === undefined || from === undefined || to === undefined
      ? undefined
      : await orWarn("Pinned packages are not compared", () => pinsBetween(code, from, to, ports), ports);
  return {
    environment,
    model,
    live,
    ...(code === undefined ? {} : { code }),
    ...(pins === undefined ? {} : { pins }),
    links: ports.links,
  };
}

/** The model digests behind the verdict's baselines, from the documents beside it. */
async function digestsOf(verdict: Verdict, model: ModelReport, { workspace, hashing }: ApprovalPorts) {
  const path = `${chainFolder(model.model)}/${chainFiles.anchor}`;
  const anchor =
    verdict.anchor !== undefined && (await workspace.exists(path))
      ? await readDocument(workspace, "evaluation", path, hashing)
      : undefined;
  return {
    baseline: model.baseline?.model.digest,
    anchor: anchor?.digest === verdict.anchor?.evaluation ? anchor?.document.model.digest : undefined,
  };
}

/** What is live by the platform's word, else by the record of the last promotion in the chain folder. */
async function saidToBeLive(verdict: Verdict, environment: string, ports: ApprovalPorts): Promise<LiveSaid> {
  const place = `deployed:${environment}`;
  if (verdict.baseline?.from === place || verdict.anchor?.from === place) return "none";
  const { liveIn, workspace, hashing } = ports;
  if (liveIn !== undefined) {
    try {
      const found = await liveIn(environment, verdict.model);
      return found === undefined ? "none" : { sha: found.sha, digest: found.modelDigest as Digest };
    } catch (thrown) {
      return { unknown: thrown instanceof Error ? thrown.message : String(thrown) };
    }
  }
  const path = `${chainFolder(verdict.model)}/${chainFiles.deployment}`;
  if (!(await workspace.exists(path))) return { unknown: `there is no record of a deployment to ${environment} here.` };
  const { document } = await readDocument(workspace, "deployment", path, hashing);
  if ((document.target.environment ?? "production") !== environment)
    return { unknown: `the last deployment recorded here went to ${document.target.environment ?? "production"}.` };
  const { outcome, model, source, previous } = document;
  if (outcome === "active" || outcome === "unchanged")
    return { digest: model.digest, ...(source.sha === undefined ? {} : { sha: source.sha }) };
  return previous === undefined ? "none" : { digest: previous };
}

async function pinsBetween(
  code: CodeChange,
  from: string,
  to: string,
  { fileAt }: ApprovalPorts,
): Promise<PinChange[]> {
  if (fileAt === undefined) return [];
  const text = async (path: string, sha: string) => {
    const bytes = await fileAt(path, sha);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  };
  const found: PinChange[] = [];
  for (const path of code.files.filter(readsPins).slice(0, mostPinFiles))
    found.push(...pinChanges(path, await text(path, from), await text(path, to)));
  return found.filter(({ name }, at) => found.findIndex((one) => one.name === name) === at);
}

async function orWarn<T>(lost: string, ask: () => Promise<T> | undefined, { messages }: ApprovalPorts) {
  try {
    return await ask();
  } catch (thrown) {
    messages.warn(`${lost}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    return undefined;
  }
}
