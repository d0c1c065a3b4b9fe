import type { BaselineFrom, BaselineLookup } from "@metricgate/core/ports/baseline-store";
import { fileBaseline } from "./file-baseline.ts";
import type { GatePorts } from "./gate-ports.ts";

/**
 * Looks for a baseline in the places of the policy, in order: in the store, or a file of the workspace. `given` is a file that overrides them.
 * @throws UserError those of `fileBaseline`
 */
export async function lookUp(
  given: string | undefined,
  model: string,
  from: BaselineFrom[],
  ports: GatePorts,
): Promise<BaselineLookup> {
  const { workspace } = ports;
  if (given !== undefined) return fileBaseline(given, model, [], workspace);
  const at = from.findIndex((place) => place.startsWith("file:"));
  if (at < 0) return inStore(from, model, ports);
  // A file is a hit or an error, so nothing after it is looked at.
  const before = at === 0 ? undefined : await inStore(from.slice(0, at), model, ports);
  if (before?.found === true) return before;
  return fileBaseline(`${from[at]}`.slice("file:".length), model, before?.tried ?? [], workspace);
}

async function inStore(from: BaselineFrom[], model: string, { change, store }: GatePorts): Promise<BaselineLookup> {
  if (change.base === undefined) {
    const known = (await store?.knows?.(model)) === true ? [model] : [];
    return { found: false, why: "no-base", tried: [{ from: "store", found: "no base is known here" }], known };
  }
  if (store === undefined)
    return { found: false, why: "none", tried: [{ from: "store", found: "there is no store here" }], known: [] };
  const { branch, sha } = change.base;
  return store.find({ model, branch, from, ...(sha === undefined ? {} : { base: sha }) });
}
