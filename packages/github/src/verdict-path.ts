import { folderOf } from "./branch-name.ts";

/** Where the ledger keeps the verdict on a record of a base branch. */
export function verdictPath({ model, branch, sha }: { model: string; branch: string; sha: string }): string {
  return `verdicts/${folderOf(branch)}/${model}/${sha}.json`;
}
