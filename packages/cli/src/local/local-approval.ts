import { gitIn } from "@metricgate/github/commit-look";
import { commitsBetween } from "@metricgate/github/commits-between";
import type { ApprovalPorts } from "@metricgate/pipeline/approval/approval-view";

/** What git knows of the commits between the live version and the candidate. What is live, only the documents tell on a laptop. */
export function localApproval(folder: string): Pick<ApprovalPorts, "between" | "fileAt"> {
  const git = gitIn(folder);
  return {
    between: (from, to) => commitsBetween(from, to, { git }),
    fileAt: async (path, sha) => {
      const text = await git("show", "--end-of-options", `${sha}:${path}`);
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
  };
}
