import type { BaselineStore } from "@metricgate/core/ports/baseline-store";
import type { Change } from "@metricgate/core/ports/change";
import type { Client } from "@metricgate/github/client";
import type { RunArtifacts } from "@metricgate/github/run-artifacts";
import { lazy } from "./lazy.ts";
import type { RunnerEnvironment } from "./runner-environment.ts";

interface StoreParts {
  runner: RunnerEnvironment;
  change: Change;
  client: () => Promise<Client>;
  artifacts: () => Promise<RunArtifacts>;
}

/** The store that the input names; its code and its client are loaded when it is asked. */
export function lazyStore(kind: "artifact" | "branch", parts: StoreParts): BaselineStore {
  const store = lazy(() => makeStore(kind, parts));
  return {
    name: kind,
    find: async (query) => (await store()).find(query),
    record: async (entry) => (await store()).record(entry),
    ...(kind === "branch" ? ledgerParts(store) : {}),
  };
}

/** What only the ledger does. */
function ledgerParts(store: () => Promise<BaselineStore>): Pick<Required<BaselineStore>, "history" | "keepVerdict"> {
  return {
    history: async (query) => (await (await store()).history?.(query)) ?? [],
    keepVerdict: async (entry) => (await (await store()).keepVerdict?.(entry)) ?? { written: false, where: "" },
  };
}

async function makeStore(
  kind: "artifact" | "branch",
  { runner, change, client, artifacts }: StoreParts,
): Promise<BaselineStore> {
  const repo = runner.repository ?? change.repository ?? "";
  const readOnly = {
    ...(change.fork === undefined ? {} : { fork: change.fork }),
    ...(change.dependabot === undefined ? {} : { dependabot: change.dependabot }),
  };
  if (kind === "branch") {
    const { branchStore } = await import("@metricgate/github/branch-store");
    return branchStore({ client: await client(), repo, random: Math.random, change: readOnly });
  }
  const { artifactStore } = await import("@metricgate/github/artifact-store");
  return artifactStore({
    client: await client(),
    repo,
    workflowPath: change.run?.workflow ?? "",
    attempt: change.run?.attempt ?? 1,
    upload: async (name, files) => (await artifacts()).uploadRecord(name, files),
    change: readOnly,
  });
}
