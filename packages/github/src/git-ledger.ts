import type { BaselineStore, PastRecord } from "@metricgate/core/ports/baseline-store";
import { folderOf } from "./branch-name.ts";
import type { Git } from "./commit-look.ts";
import { verdictPath } from "./verdict-path.ts";

/** The ledger as git knows it: the branch itself, or what was fetched of it; nothing when neither is there. */
export async function ledgerRef(git: Git, branch: string): Promise<string | undefined> {
  for (const ref of [`refs/heads/${branch}`, `refs/remotes/origin/${branch}`])
    if ((await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`)) !== undefined)
      return ref;
  return undefined;
}

/** The history of a model from a ledger branch in the local repository: no network. `ref` is what `ledgerRef` found. */
export function gitLedgerHistory(git: Git, ref: string): NonNullable<BaselineStore["history"]> {
  return async ({ model, branch, base, window }) => {
    const folder = `baselines/${folderOf(branch)}/${model}`;
    const names = await git("ls-tree", "--name-only", "--end-of-options", `${ref}:${folder}`);
    const recorded = new Set((names ?? "").split("\n"));
    const line = (await git("rev-list", "--first-parent", "--end-of-options", base)) ?? base;
    const near = line
      .trim()
      .split("\n")
      .filter((sha) => recorded.has(`${sha}.json`))
      .slice(0, window);
    const past: PastRecord[] = [];
    for (const sha of near.reverse()) {
      const text = await git("cat-file", "blob", `${ref}:${folder}/${sha}.json`);
      const verdict = async () => {
        const kept = await git("cat-file", "blob", `${ref}:${verdictPath({ model, branch, sha })}`);
        return kept === undefined ? undefined : new TextEncoder().encode(kept);
      };
      if (text !== undefined) past.push({ sha, evaluation: new TextEncoder().encode(text), verdict });
    }
    return past;
  };
}
