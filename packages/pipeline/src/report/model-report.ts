import type { Verdict } from "@metricgate/core/documents/verdict";
import type { ModelReport } from "@metricgate/report/view";
import { chainFiles } from "../chain/folder.ts";
import { readDocument } from "../chain/read-document.ts";
import type { GateResult } from "../gate/gate.ts";
import { readSide } from "../gate/read-side.ts";
import { modelPolicyOf, policyFor } from "../policy/model-policy.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Workspace } from "../ports/workspace.ts";

/**
 * Reads a verdict and what lies beside it: the evaluations and rows that it was made of, as far as they are at hand. `judged`: the
 * verdict and its sides, where it was just made and written there.
 */
export async function modelReport(
  path: string,
  ports: { workspace: Workspace; hashing: Hashing },
  judged?: Pick<GateResult, "verdict" | "candidate" | "baseline">,
): Promise<ModelReport> {
  const { document } = judged?.verdict ?? (await readDocument(ports.workspace, "verdict", path, ports.hashing));
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
  const side = async (evaluation: string, rows: string, digest: string | undefined) => {
    const file = `${folder}/${evaluation}`;
    if (digest === undefined || !(await ports.workspace.exists(file))) return undefined;
    const read = await readSide(file, `${folder}/${rows}`, ports);
    return read.received.digest === digest ? read : undefined;
  };
  const beside = await besideVerdict(folder, document, ports);
  const candidate =
    judged?.candidate ?? (await side(chainFiles.evaluation, chainFiles.rows, document.candidate.evaluation));
  const baseline =
    judged === undefined
      ? await side(chainFiles.baseline, chainFiles.baselineRows, document.baseline?.evaluation)
      : judged.baseline;
  return {
    model: document.model,
    verdict: document,
    ...beside,
    ...(candidate === undefined ? {} : { candidate: candidate.received.document }),
    ...(candidate?.rows === undefined ? {} : { candidateRows: candidate.rows }),
    ...(baseline === undefined ? {} : { baseline: baseline.received.document }),
    ...(baseline?.rows === undefined ? {} : { baselineRows: baseline.rows }),
  };
}

/** What the selection and the policy beside a verdict add to its report; only when they are those that it was made of. */
async function besideVerdict(
  folder: string,
  verdict: Verdict,
  { workspace, hashing }: { workspace: Workspace; hashing: Hashing },
): Promise<Pick<ModelReport, "history" | "examples">> {
  const selectionPath = `${folder}/${chainFiles.selection}`;
  const selection = (await workspace.exists(selectionPath))
    ? await readDocument(workspace, "selection", selectionPath, hashing)
    : undefined;
  const history = selection?.digest === verdict.selection ? selection.document.history : undefined;
  const policyPath = `${folder}/${chainFiles.policy}`;
  const bytes = (await workspace.exists(policyPath)) ? await workspace.read(policyPath) : undefined;
  const known = bytes !== undefined && hashing.bytes(bytes) === verdict.policy.digest;
  const policy = known ? await policyFor(new TextDecoder().decode(bytes), policyPath, verdict.model) : undefined;
  const examples = modelPolicyOf(policy?.policy, verdict.model)?.examples;
  return { ...(history === undefined ? {} : { history }), ...(examples === undefined ? {} : { examples }) };
}
