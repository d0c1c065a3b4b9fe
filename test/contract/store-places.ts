import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BaselineStore } from "@metricgate/core/ports/baseline-store";
import { localStore } from "../../packages/cli/src/local/local-store.ts";
import { artifactStore } from "../../packages/github/src/artifact-store.ts";
import { branchStore } from "../../packages/github/src/branch-store.ts";
import { type Client, createClient } from "../../packages/github/src/client.ts";
import { openDeployment, setDeploymentState } from "../../packages/github/src/deployments.ts";
import { runArtifacts } from "../../packages/github/src/run-artifacts.ts";
import { nodeWorkspace } from "../../packages/pipeline/src/workspace/node-workspace.ts";
import { addRun, loadRepository, type SeedRun } from "../servers/double/seed.ts";
import type { GitHubServer } from "../servers/double/start.ts";
import type { StorePlace } from "./baseline-store.suite.ts";
import { type History, tagCommit, untag } from "./history.ts";

export const workflow = ".github/workflows/gate.yml";

/** A client that does not really wait. */
export function clientOf({ apiUrl, token }: GitHubServer): Client {
  return createClient({ apiUrl, token, sleep: async () => undefined });
}

/** A store as a job of the run opens it: its records go through the runner's real artifact client. */
export function storeOfRun(server: GitHubServer, run: number, attempt: number, temporary: string): BaselineStore {
  const artifacts = runArtifacts({ temporary, sleep: async () => undefined });
  return artifactStore({
    client: clientOf(server),
    repo: server.repository,
    workflowPath: workflow,
    attempt,
    async upload(name, files) {
      Object.assign(process.env, {
        ACTIONS_RESULTS_URL: server.resultsUrl,
        ACTIONS_RUNTIME_TOKEN: server.runtimeToken(run, attempt),
        GITHUB_SERVER_URL: "https://github.com",
        GITHUB_WORKSPACE: temporary,
        NO_PROXY: "127.0.0.1",
      });
      return quietly(() => artifacts.uploadRecord(name, files));
    },
  });
}

/** The artifact client tells every request on stdout, as commands to the runner. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const write = process.stdout.write;
  process.stdout.write = () => true;
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}

/** Artifacts of push runs at a GitHub server, which is stopped with the place. */
export async function artifactPlace(server: GitHubServer, history: History): Promise<StorePlace> {
  loadRepository(server.world, history.folder);
  const temporary = await mkdtemp(join(tmpdir(), "runner-temp-"));
  const kept = { ...process.env };
  const runs = new Map<string, number>();
  return {
    pushed(sha, attempt = 1, branch = "main") {
      const id = runs.get(`${sha} ${branch}`) ?? pushRun(server, { headSha: sha, headBranch: branch }).id;
      runs.set(`${sha} ${branch}`, id);
      return storeOfRun(server, id, attempt, temporary);
    },
    reading: () => storeOfRun(server, 1, 1, temporary),
    keepsRows: true,
    ...hubPlace(server, history),
    async stop() {
      untag(history);
      process.env = { ...kept };
      await rm(temporary, { recursive: true, force: true });
      await server.stop();
    },
  };
}

/** A run of the workflow that records baselines, changed by what is given. */
export function pushRun(server: GitHubServer, run: SeedRun) {
  return addRun(server.world, { path: workflow, ...run });
}

/** The ledger branch of a GitHub server, which is stopped with the place. */
export async function branchPlace(server: GitHubServer, history: History): Promise<StorePlace> {
  loadRepository(server.world, history.folder);
  let seed = 1;
  const store = () => {
    let state = seed++;
    const random = () => {
      state = (state * 16_807) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    return branchStore({ client: clientOf(server), repo: server.repository, random });
  };
  const stop = () => {
    untag(history);
    return server.stop();
  };
  return { pushed: store, reading: store, keepsRows: false, ...hubPlace(server, history), stop };
}

/** Tags and deployments of a GitHub server. */
function hubPlace(server: GitHubServer, history: History): Pick<StorePlace, "tag" | "deploy"> {
  return {
    tag(name, sha, annotated) {
      tagCommit(history, name, sha, annotated);
      loadRepository(server.world, history.folder);
    },
    async deploy(environment, model, sha, modelDigest) {
      const [client, repo, run] = [clientOf(server), server.repository, { id: 1, attempt: 1 }];
      const request = { repo, sha, environment, model, modelDigest, run, description: "live", production: true };
      const { id } = await openDeployment(client, request);
      await setDeploymentState(client, { repo, id, state: "success", description: "live" });
    },
  };
}

/** A folder of the work tree, as on a laptop. */
export async function filePlace(history: History): Promise<StorePlace> {
  const workspace = await nodeWorkspace(history.folder);
  const store = () => localStore(workspace);
  return {
    pushed: store,
    reading: store,
    keepsRows: true,
    tag: (name, sha, annotated) => tagCommit(history, name, sha, annotated),
    stop: () => {
      untag(history);
      return rm(join(history.folder, ".metricgate"), { recursive: true, force: true });
    },
  };
}
