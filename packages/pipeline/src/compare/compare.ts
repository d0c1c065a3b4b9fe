import { digestOf } from "@metricgate/core/documents/digest";
import type { Evaluation } from "@metricgate/core/documents/evaluation";
import type { Selection } from "@metricgate/core/documents/selection";
import type { Verdict } from "@metricgate/core/documents/verdict";
import { decide } from "@metricgate/core/gates/decide";
import type { Change } from "@metricgate/core/ports/change";
import { sourceOf } from "../evaluate/evaluate.ts";
import type { EvaluateRequest } from "../evaluate/evaluate-ports.ts";
import { checkCompute } from "../evaluate/known-compute.ts";
import { modelNameOf, modelPolicyOf } from "../policy/model-policy.ts";
import { checkModelNamed } from "../policy/policy-wanted.ts";
import { wantedPolicy } from "../policy/wanted-policy.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Messages } from "../ports/messages.ts";
import type { Parallel } from "../ports/parallel.ts";
import type { Workspace } from "../ports/workspace.ts";
import { anchorOf } from "./anchor-of.ts";
import { sideOfFile } from "./side-of-file.ts";

/** The inputs of the verb, as the command line names them. */
export interface CompareRequest
  extends Pick<EvaluateRequest, "model" | "policy" | "columns" | "slices" | "positive" | "task" | "compute"> {
  "max-drop"?: string | undefined;
}

export interface ComparePorts {
  workspace: Workspace;
  hashing: Hashing;
  messages: Messages;
  change: Change;
  /** Measures the candidate while this thread measures the baseline; absent where there is one thread. */
  parallel?: Parallel;
}

/** A verdict with the evaluations that it was made of. */
export interface Compared {
  verdict: Verdict;
  candidate: Evaluation;
  baseline: Evaluation;
}

/**
 * Judges one file against another without writing anything: metric files, prediction tables or evaluations.
 * @throws UserError `policy-missing`, `model-unknown` when a policy or a model was named that is not there
 */
export async function compare(
  baselinePath: string,
  candidatePath: string,
  request: CompareRequest,
  ports: ComparePorts,
): Promise<Compared> {
  const { workspace, hashing, messages } = ports;
  checkCompute(request.compute);
  const found = await wantedPolicy(request, { workspace, messages });
  if (found !== undefined && request["max-drop"] === undefined)
    checkModelNamed(request.model, found.policy, request.policy);
  const model = modelNameOf(request.model, found?.policy);
  const policy = modelPolicyOf(found?.policy, model);
  const [candidate, baseline] = await both(
    () => sideOfFile(candidatePath, model, request, policy, sourceOf(ports.change), ports),
    () => sideOfFile(baselinePath, model, request, policy, {}, { workspace, hashing }),
    ports.parallel !== undefined,
  );
  const maxDrop = request["max-drop"];
  const read = (path: string) => sideOfFile(path, model, request, policy, {}, { workspace, hashing });
  const second = policy === undefined ? undefined : await anchorOf(found?.policy.baseline?.anchor, workspace, read);
  const selection: Selection = {
    kind: "metricgate/selection@1",
    model,
    baseline: { evaluation: baseline.received.digest, from: `file:${baselinePath}` },
    policy: {
      changedHere: false,
      advisory: false,
      ...(found === undefined ? {} : { path: request.policy, digest: hashing.text(found.text) }),
      ...(maxDrop === undefined ? {} : { maxDrop }),
    },
    ...second?.selected,
  };
  const verdict = decide({
    candidate,
    baseline,
    selection: { document: selection, digest: digestOf(selection, hashing.text) },
    ...(second?.anchor === undefined ? {} : { anchor: second.anchor }),
    ...(found === undefined ? {} : { policy: found.policy }),
  });
  return { verdict, candidate: candidate.received.document, baseline: baseline.received.document };
}

/** Both results, made side by side or one after the other. When both fail, the first says why. */
async function both<A, B>(first: () => Promise<A>, second: () => Promise<B>, together: boolean): Promise<[A, B]> {
  if (!together) return [await first(), await second()];
  const [a, b] = await Promise.allSettled([first(), second()]);
  if (a.status === "rejected") throw a.reason;
  if (b.status === "rejected") throw b.reason;
  return [a.value, b.value];
}
