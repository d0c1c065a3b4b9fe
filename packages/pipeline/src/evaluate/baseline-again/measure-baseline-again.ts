import type { Evaluation } from "@metricgate/core/documents/evaluation";
import { UserError } from "@metricgate/core/errors/user-error";
import type { Policy } from "@metricgate/core/policy/schema";
import { chainFiles, chainFolder } from "../../chain/folder.ts";
import { writeRowsFiles } from "../../chain/rows-files.ts";
import { writeDocument } from "../../chain/write-document.ts";
import { modelPolicyOf } from "../../policy/model-policy.ts";
import type { WorkTree } from "../../ports/work-trees.ts";
import type { Workspace } from "../../ports/workspace.ts";
import { runCommand } from "../../train/run-command.ts";
import { nodeWorkspace } from "../../workspace/node-workspace.ts";
import type { EvaluatePorts, EvaluateRequest } from "../evaluate-ports.ts";
import { measureVersion } from "../measure-version.ts";
import { whichBaseline } from "./which-baseline.ts";

/**
 * Measures the baseline again on the candidate's eval set, by `baseline-run` in a work tree of the baseline's commit, and writes it beside
 * the candidate; `gate` takes it where the stored one was measured on other data. Without `baseline-run`, or where it is not needed, none is left.
 * @throws UserError `base-unknown`, `no-repository`, `commit-not-fetched`, `baseline-run-other-data` @throws CrashError as `runCommand`
 */
export async function measureBaselineAgain(
  request: EvaluateRequest,
  policy: Policy | undefined,
  candidate: Evaluation,
  ports: EvaluatePorts,
): Promise<void> {
  const { workspace, hashing, messages, workTrees } = ports;
  const folder = chainFolder(candidate.model.name);
  const path = `${folder}/${chainFiles.remeasured}`;
  const rowsPath = `${folder}/${chainFiles.remeasuredRows}`;
  await workspace.remove(path);
  await writeRowsFiles(rowsPath, {}, workspace);
  const command = request["baseline-run"];
  if (command === undefined) return;
  if (workTrees === undefined)
    throw new UserError("no-repository", "`baseline-run` needs a git repository", "Check the code out with git.");
  const which = await whichBaseline(candidate.model.name, candidate.evalSet?.digest, policy, ports);
  if ("none" in which) {
    messages.info(`The baseline was not measured again: ${which.none}.`);
    return;
  }
  messages.info(`Measuring the baseline of ${which.sha.slice(0, 7)} again`);
  const { document, rows } = await workTrees.use(which.sha, (tree) =>
    measureIn(tree, which.sha, command, request, policy, candidate, ports),
  );
  if (document.evalSet?.digest !== candidate.evalSet?.digest || document.evalSet === undefined) {
    throw new UserError(
      "baseline-run-other-data",
      `the baseline was measured again on the eval set ${document.evalSet?.digest ?? "none"}, and the candidate on ${candidate.evalSet?.digest ?? "none"}`,
      "Name the files of the eval set under `eval-set`: they are copied into the work tree before the command runs.",
    );
  }
  await writeDocument(workspace, path, document, hashing);
  await writeRowsFiles(rowsPath, rows, workspace);
}

async function measureIn(
  { folder, committedAt, check }: WorkTree,
  sha: string,
  command: string,
  request: EvaluateRequest,
  policy: Policy | undefined,
  candidate: Evaluation,
  ports: EvaluatePorts,
) {
  const there = { ...ports, workspace: await nodeWorkspace(folder) };
  const { name } = candidate.model;
  const mine = modelPolicyOf(policy, name);
  await copyEvalSet(request["eval-set"] ?? mine?.["eval-set"]?.files ?? [], ports.workspace, there.workspace);
  check();
  const environment = { METRICGATE_WORKSPACE: ports.workspace.root };
  await runCommand("baseline", command, request["pass-env"] ?? [], 7, environment, there);
  check();
  const { repository } = candidate.source;
  const source = {
    ...(repository === undefined ? {} : { repository }),
    sha,
    ...(committedAt === undefined ? {} : { committedAt }),
  };
  const measured = await measureVersion(
    await asTheTreeHas(request, there.workspace),
    mine,
    { model: name, source, run: ports.change.run },
    there,
  );
  check();
  return measured;
}

/** The model's digest is the candidate's; its files and further runs are the baseline's own, as far as the command made them. */
async function asTheTreeHas(request: EvaluateRequest, there: Workspace): Promise<EvaluateRequest> {
  const { path, repeats, "model-digest": _, ...rest } = request;
  const hasPath = path !== undefined && (await there.exists(path));
  const hasRepeats = repeats !== undefined && (await there.find(repeats)).length > 0;
  return { ...rest, ...(hasPath ? { path } : {}), ...(hasRepeats ? { repeats } : {}) };
}

/** Copies the files of the eval set from the work tree of the candidate, over those of the baseline's commit. */
async function copyEvalSet(patterns: readonly string[], from: Workspace, to: Workspace): Promise<void> {
  if (patterns.length === 0) return;
  for (const path of await from.find(patterns)) await to.write(path, await from.read(path));
}
