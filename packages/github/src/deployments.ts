import type { Client } from "./client.ts";
import { member } from "./payload.ts";
import { ownerAndName } from "./repository.ts";
import { short } from "./status.ts";
import { writeOnce } from "./write-once.ts";

/** A promotion as GitHub shows it. `task` keeps the models of one environment apart. */
export interface DeploymentRequest {
  repo: string;
  /** The commit that the model was made from. */
  sha: string;
  environment: string;
  model: string;
  modelDigest: string;
  /** Of the verdict, absent for a rollback. */
  verdictDigest?: string;
  run: { id: number; attempt: number };
  /** At most 140 characters; the rest is cut. */
  description: string;
  production: boolean;
}

export type DeploymentState = "queued" | "in_progress" | "success" | "failure" | "error" | "inactive";

/** A Deployment that we made, as its payload tells. The digest counts only when the target's pointer agrees. */
export interface FoundDeployment {
  id: number;
  sha: string;
  modelDigest: string;
  run: { id: number; attempt: number };
}

/** Makes the Deployment of this run and attempt, or finds the one that it made before. */
export async function openDeployment(client: Client, o: DeploymentRequest): Promise<{ id: number; created: boolean }> {
  const look = async () => {
    const made = await ourDeployments(client, { ...o, sha: o.sha });
    return made.find((d) => d.run.id === o.run.id && d.run.attempt === o.run.attempt && d.modelDigest === o.modelDigest)
      ?.id;
  };
  const existing = await look();
  if (existing !== undefined) return { id: existing, created: false };
  const id = await writeOnce({ write: () => create(client, o), look, sleep: client.sleep });
  return { id, created: true };
}

async function create(client: Client, o: DeploymentRequest): Promise<number> {
  const payload = {
    metricgate: 1,
    model: o.model,
    modelDigest: o.modelDigest,
    ...(o.verdictDigest === undefined ? {} : { verdictDigest: o.verdictDigest }),
    run: o.run,
  };
  const { data } = await client.api.rest.repos.createDeployment({
    ...ownerAndName(o.repo),
    ref: o.sha,
    task: taskOf(o.model),
    environment: o.environment,
    production_environment: o.production,
    description: short(o.description),
    payload,
    // The verdict is what decides; other checks of the commit are none of a promotion's business.
    auto_merge: false,
    required_contexts: [],
  });
  if (!("id" in data)) throw new Error(`GitHub made no deployment: ${data.message ?? "no reason given"}`);
  return data.id;
}

/** Our Deployments of a model in an environment, newest first, at most 100. */
export async function ourDeployments(
  client: Client,
  o: { repo: string; environment: string; model: string; sha?: string },
): Promise<FoundDeployment[]> {
  const { data } = await client.api.rest.repos.listDeployments({
    ...ownerAndName(o.repo),
    environment: o.environment,
    task: taskOf(o.model),
    ...(o.sha === undefined ? {} : { sha: o.sha }),
    per_page: 100,
  });
  return data.flatMap((deployment) => {
    const payload: unknown = typeof deployment.payload === "string" ? parsed(deployment.payload) : deployment.payload;
    const modelDigest = member(payload, "modelDigest");
    const id = member(payload, "run", "id");
    const attempt = member(payload, "run", "attempt");
    if (typeof modelDigest !== "string" || typeof id !== "number" || typeof attempt !== "number") return [];
    return [{ id: deployment.id, sha: deployment.sha, modelDigest, run: { id, attempt } }];
  });
}

/** Sets a Deployment's state, unless its newest status says the same already. */
export async function setDeploymentState(
  client: Client,
  o: {
    repo: string;
    id: number;
    state: DeploymentState;
    description: string;
    logUrl?: string;
    environmentUrl?: string;
  },
): Promise<{ outcome: "written" | "unchanged" }> {
  const target = { ...ownerAndName(o.repo), deployment_id: o.id };
  const isSet = async () => {
    const newest = await newestState(client, o.repo, o.id);
    return newest?.state === o.state && newest.description === short(o.description);
  };
  if (await isSet()) return { outcome: "unchanged" };
  await writeOnce({
    write: async () => {
      await client.api.rest.repos.createDeploymentStatus({
        ...target,
        state: o.state,
        description: short(o.description),
        // GitHub spares production here; we end predecessors ourselves, in every environment alike.
        auto_inactive: false,
        ...(o.logUrl === undefined ? {} : { log_url: o.logUrl }),
        ...(o.environmentUrl === undefined ? {} : { environment_url: o.environmentUrl }),
      });
      return true;
    },
    look: async () => ((await isSet()) ? true : undefined),
    sleep: client.sleep,
  });
  return { outcome: "written" };
}

/** Marks the predecessors of a Deployment inactive, so that one is active for a model and environment. Gives their ids. */
export async function deactivateOthers(
  client: Client,
  o: { repo: string; environment: string; model: string; keep: number },
): Promise<number[]> {
  const ended: number[] = [];
  for (const other of await ourDeployments(client, o)) {
    if (other.id === o.keep) continue;
    const newest = await newestState(client, o.repo, other.id);
    if (newest?.state !== "success" && newest?.state !== "in_progress") continue;
    await setDeploymentState(client, {
      repo: o.repo,
      id: other.id,
      state: "inactive",
      description: "Replaced by a later promotion",
    });
    ended.push(other.id);
  }
  return ended;
}

/** The newest of our Deployments whose state is `success`; absent when nothing was promoted. */
export async function activeDeployment(
  client: Client,
  o: { repo: string; environment: string; model: string },
): Promise<FoundDeployment | undefined> {
  for (const deployment of await ourDeployments(client, o)) {
    if ((await newestState(client, o.repo, deployment.id))?.state === "success") return deployment;
  }
  return undefined;
}

async function newestState(
  client: Client,
  repo: string,
  id: number,
): Promise<{ state: string; description: string } | undefined> {
  const { data } = await client.api.rest.repos.listDeploymentStatuses({
    ...ownerAndName(repo),
    deployment_id: id,
    per_page: 1,
  });
  const [newest] = data;
  return newest === undefined ? undefined : { state: newest.state, description: newest.description };
}

function taskOf(model: string): string {
  return `deploy:${model}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Somebody else's deployment: its payload is none of ours.
    return undefined;
  }
}
