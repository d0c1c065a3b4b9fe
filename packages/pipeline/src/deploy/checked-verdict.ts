import type { Digest } from "@metricgate/core/documents/digest";
import type { Judgement, Verdict } from "@metricgate/core/documents/verdict";
import { UserError } from "@metricgate/core/errors/user-error";
import { chainFiles, chainFolder } from "../chain/folder.ts";
import { readDocument } from "../chain/read-document.ts";
import { gate } from "../gate/gate.ts";
import type { DeployPorts, DeployRequest } from "./deploy-ports.ts";

/**
 * The verdict in the chain folder, computed again from its documents: it must be the recorded one, name the digest, and be good enough.
 * @throws UserError `verdict-differs`, `model-digest-missing`, `model-digest-differs`, `verdict-refused`
 */
export async function checkedVerdict(
  request: DeployRequest,
  ports: DeployPorts,
): Promise<{ digest: Digest; verdict: Judgement; model: Digest; document: Verdict }> {
  const folder = chainFolder(request.model);
  const recordedPath = `${folder}/${chainFiles.verdict}`;
  const recorded = await readDocument(ports.workspace, "verdict", recordedPath, ports.hashing);
  const again = await gate({ from: folder, policy: "" }, ports);
  if (again.verdict.digest !== recorded.digest) {
    throw new UserError(
      "verdict-differs",
      `${recordedPath} is ${recorded.digest}, and its documents give ${again.verdict.digest}`,
      "Run evaluate and gate again; the documents were changed after the verdict.",
      { file: recordedPath },
    );
  }
  const { candidate, verdict } = again.verdict.document;
  if (candidate.model === undefined) {
    throw new UserError(
      "model-digest-missing",
      "the evaluation does not say which model it measured",
      "Give `path:` or `model-digest:` to evaluate.",
      { file: `${folder}/${chainFiles.evaluation}` },
    );
  }
  const wanted = request["model-digest"] ?? candidate.model;
  if (candidate.model !== wanted) {
    throw new UserError(
      "model-digest-differs",
      `the verdict is about ${candidate.model}, and ${wanted} is to be deployed`,
      "Deploy the model that was evaluated.",
      { file: recordedPath },
    );
  }
  const accepted: readonly (Judgement | undefined)[] = request.accept === "warn" ? ["pass", "warn"] : ["pass"];
  if (verdict === undefined || !accepted.includes(verdict)) {
    // What is only warned of is no cause of a fail.
    const causes = again.verdict.document.gates.filter((result) => result.verdict === verdict).map(({ id }) => id);
    const more = causes.length > 5 ? ` and ${causes.length - 5} more` : "";
    throw new UserError(
      "verdict-refused",
      `the verdict is ${verdict ?? "none: nothing was judged"}, and \`accept\` is ${request.accept}${causes.length === 0 ? "" : `: ${causes.slice(0, 5).join(", ")}${more}`}`,
      verdict === "warn"
        ? "Deploy with `accept: warn`, or a model that passed its gates without a warning."
        : "Deploy a model that passed its gates, or waive what is acceptable.",
      { file: recordedPath },
    );
  }
  return { digest: again.verdict.digest, verdict, model: candidate.model, document: again.verdict.document };
}
