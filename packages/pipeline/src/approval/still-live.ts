import type { Digest } from "@metricgate/core/documents/digest";
import type { Verdict } from "@metricgate/core/documents/verdict";
import { UserError } from "@metricgate/core/errors/user-error";
import { chainFiles, chainFolder } from "../chain/folder.ts";
import { readDocument } from "../chain/read-document.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Workspace } from "../ports/workspace.ts";

/**
 * A verdict that compared with what was live in the environment is evidence only while that is live: its baseline must be what the target's pointer
 * says now. Nothing is checked of a verdict that compared with something else.
 * @throws UserError `live-changed`
 */
export async function checkStillLive(
  verdict: Verdict,
  environment: string,
  live: Digest | undefined,
  { workspace, hashing }: { workspace: Workspace; hashing: Hashing },
): Promise<void> {
  for (const side of ["baseline", "anchor"] as const) {
    if (verdict[side]?.from !== `deployed:${environment}`) continue;
    const path = `${chainFolder(verdict.model)}/${chainFiles[side]}`;
    if (!(await workspace.exists(path))) continue;
    const judged = (await readDocument(workspace, "evaluation", path, hashing)).document.model.digest;
    // The candidate itself may be live already: a second attempt after the promotion.
    if (judged === undefined || judged === live || live === verdict.candidate.model) continue;
    throw new UserError(
      "live-changed",
      `the verdict compares with ${judged}, and ${live ?? "nothing"} is live in ${environment} now`,
      "Run evaluate and gate again, so that the verdict is about what is live.",
      { file: path },
    );
  }
}
