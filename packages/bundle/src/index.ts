import { always } from "@metricgate/cli/always";

/** Modules that stand in the entry. */
export const held = always;

/** Every action by name; each is a chunk of its own, so that one never loads what another needs. */
const actions: Record<string, () => Promise<{ main(worker?: URL): Promise<void> }>> = {
  train: () => import("@metricgate/action-train/main"),
  evaluate: () => import("@metricgate/action-evaluate/main"),
  gate: () => import("@metricgate/action-gate/main"),
  report: () => import("@metricgate/action-report/main"),
  deploy: () => import("@metricgate/action-deploy/main"),
  plan: () => import("@metricgate/action-plan/main"),
  review: () => import("@metricgate/action-review/main"),
};

/** Runs an action; the stubs in `actions/NAME/dist` call this. @param worker the stub `worker.js` beside this file */
export async function run(name: string, worker?: URL): Promise<void> {
  const load = actions[name];
  if (load === undefined) throw new Error(`there is no action ${name}`);
  const { main } = await load();
  await main(worker);
}

/** Runs the command line; the stub `cli.js` calls this. @param worker the stub `worker.js` beside it */
export async function cli(argv: readonly string[], worker?: URL): Promise<void> {
  const { main } = await import("@metricgate/cli/main");
  process.exitCode = await main(argv, worker);
}

/** The work of a second thread; the stub `worker.js` calls this. */
export async function work(): Promise<void> {
  const thread = await import("@metricgate/cli/worker");
  await thread.work();
}
