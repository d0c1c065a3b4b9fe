import { toSelection } from "@metricgate/core/baselines/to-selection";
import type { Received } from "@metricgate/core/documents/kinds";
import { UserError } from "@metricgate/core/errors/user-error";
import type { Policy } from "@metricgate/core/policy/schema";
import type { BaselineFrom, BaselineLookup } from "@metricgate/core/ports/baseline-store";
import { chainFiles, chainFolder } from "../chain/folder.ts";
import { writeDocument } from "../chain/write-document.ts";
import { modelPolicyOf } from "../policy/model-policy.ts";
import { findCandidate } from "./find-candidate.ts";
import { findPolicy } from "./find-policy.ts";
import type { GatePorts, GateRequest } from "./gate-ports.ts";
import { keepEarlier } from "./keep-earlier.ts";
import { findHistory } from "./keep-history.ts";
import { forgetSide, keepSide } from "./keep-side.ts";
import { lookUp } from "./look-up.ts";
import { forgetVerdict } from "./old-verdict.ts";
import { takeRemeasured } from "./take-remeasured.ts";

/** The chain folder with the selection, and the evaluations that were read on the way and lie in it. */
export interface Selected {
  folder: string;
  candidate?: Received<"evaluation">;
  baseline?: Received<"evaluation">;
}

/** Finds candidate, policy, baseline, anchor and history, and writes them with the selection into the chain folder. */
export async function select(request: GateRequest, ports: GatePorts): Promise<Selected> {
  const { workspace, hashing, change } = ports;
  await forgetVerdict(request, workspace);
  const { model, candidate } = await findCandidate(request, ports);
  const folder = chainFolder(model);
  await workspace.remove(`${folder}/${chainFiles.verdict}`);
  const policy = await findPolicy(request, model, ports);
  if (policy.text === undefined) await workspace.remove(`${folder}/${chainFiles.policy}`);
  else await workspace.write(`${folder}/${chainFiles.policy}`, policy.text);

  const from = (policy.policy?.baseline?.from ?? ["base", "ancestor", "latest"]) as BaselineFrom[];
  const stored = await lookUp(request.baseline, model, from, ports);
  await forgetSide("baseline", folder, ports);
  const kept = await keepSide("baseline", stored, request.baseline, folder, ports);
  const found = { lookup: stored, ...(kept === undefined ? {} : { read: kept.read }) };
  const { lookup, read } =
    request.baseline === undefined ? await takeRemeasured(found, candidate.document, folder, ports) : found;
  const anchor = await findAnchor(policy.policy, model, folder, ports);
  const past = await findHistory(modelPolicyOf(policy.policy, model), candidate.document, ports);
  const earlier = await keepEarlier(model, candidate.digest, folder, ports);
  const committedAt = candidate.document.source.committedAt;
  const maxAge = policy.policy?.baseline?.["max-age"];
  const selection = toSelection({
    model,
    lookup,
    policy: policy.found,
    models: { basePolicy: policy.baseModels, present: policy.modelsHere },
    ...(read === undefined ? {} : { read }),
    ...(maxAge === undefined ? {} : { maxAge }),
    ...(committedAt === undefined ? {} : { committedAt }),
    ...(change.recordsBaseline ? { mode: "inform" as const } : {}),
    ...(anchor === undefined ? {} : { anchor }),
    ...(past.history === undefined ? {} : { history: past.history }),
    earlier,
    notes: past.notes,
  });
  await writeDocument(workspace, `${folder}/${chainFiles.selection}`, selection, hashing);
  // What was measured again lies in its place.
  const baseline = kept !== undefined && read === kept.read ? kept.received : undefined;
  return { folder, candidate, ...(baseline === undefined ? {} : { baseline }) };
}

/** The second baseline, looked for only when the policy asks for one. A file that is not there warns, as any anchor that is missing. */
async function findAnchor(policy: Policy | undefined, model: string, folder: string, ports: GatePorts) {
  await forgetSide("anchor", folder, ports);
  const asked = policy?.baseline?.anchor;
  if (asked === undefined) return undefined;
  const lookup = await lookUp(undefined, model, [asked as BaselineFrom], ports).catch((thrown: unknown) =>
    anchorAbsent(asked, thrown),
  );
  const kept = await keepSide("anchor", lookup, undefined, folder, ports);
  return { asked, lookup, ...(kept === undefined ? {} : { read: kept.read }) };
}

/** What a file that is not there comes to. @throws what else was thrown */
function anchorAbsent(asked: string, thrown: unknown): BaselineLookup {
  const absent = thrown instanceof UserError && thrown.problems.every(({ code }) => code === "file-missing");
  if (!absent || !asked.startsWith("file:")) throw thrown;
  const found = `${asked.slice("file:".length)}, which \`baseline.anchor\` of the policy names, does not exist`;
  return { found: false, why: "none", tried: [{ from: asked, found }], known: [] };
}
