import type { Digest } from "@metricgate/core/documents/digest";
import { UserError } from "@metricgate/core/errors/user-error";
import { buildManifest } from "@metricgate/core/manifest/model-digest";
import type { Progress } from "@metricgate/core/ports/progress";
import { listModelFiles } from "@metricgate/targets/list-model-files";
import { chainFiles, chainFolder } from "../chain/folder.ts";
import { readDocument } from "../chain/read-document.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Workspace } from "../ports/workspace.ts";
import type { EvaluateRequest } from "./evaluate-ports.ts";

/** Which model was measured: as given, by its files, or as the training record in the chain folder says. */
export async function modelDigestOf(
  request: EvaluateRequest,
  model: string,
  { workspace, hashing, progress }: { workspace: Workspace; hashing: Hashing; progress?: Progress },
): Promise<{ digest?: Digest; training?: Digest }> {
  const path = `${chainFolder(model)}/${chainFiles.training}`;
  const training = (await workspace.exists(path))
    ? await readDocument(workspace, "training", path, hashing)
    : undefined;
  const files =
    request.path === undefined ? undefined : await listModelFiles(await workspace.resolve(request.path), progress);
  const measured = files === undefined ? undefined : buildManifest(model, files, hashing.text).digest;
  const given = request["model-digest"];
  if (given !== undefined && measured !== undefined && given !== measured) {
    throw new UserError(
      "model-digest-differs",
      `the files in ${request.path} are ${measured}, and model-digest says ${given}`,
      "Measure the files that were trained; give one of the two.",
      { file: request.path ?? "" },
    );
  }
  const digest = given ?? measured ?? training?.document.model.digest;
  const same = training !== undefined && training.document.model.digest === digest;
  return { ...(digest === undefined ? {} : { digest }), ...(same ? { training: training.digest } : {}) };
}
