import type { Selection } from "@metricgate/core/documents/selection";
import type { Side } from "@metricgate/core/gates/decide-input";
import { remark } from "@metricgate/core/gates/reasons";
import type { Workspace } from "../ports/workspace.ts";

/** The second baseline of a comparison of files, and what the selection says of it. */
export interface Second {
  anchor?: Side;
  selected: Pick<Selection, "anchor" | "anchorMissing" | "notes">;
}

/**
 * The anchor that the policy asks for: read like either side when it is a file; any other is not looked up here, which a note says.
 * @throws UserError those of `read`
 */
export async function anchorOf(
  asked: string | undefined,
  workspace: Pick<Workspace, "exists">,
  read: (path: string) => Promise<Side>,
): Promise<Second | undefined> {
  if (asked === undefined) return undefined;
  if (!asked.startsWith("file:")) {
    const text = `The policy's anchor ${asked} was not looked up, since two files were compared.`;
    return { selected: { notes: [remark("anchor-not-compared", text)] } };
  }
  const path = asked.slice("file:".length);
  if (await workspace.exists(path)) {
    const anchor = await read(path);
    return { anchor, selected: { anchor: { evaluation: anchor.received.digest, from: asked } } };
  }
  const text = `There is no evaluation for the anchor ${asked}: ${path}, which \`baseline.anchor\` of the policy names, does not exist.`;
  const tried = [{ from: asked, found: "no such file" }];
  return { selected: { anchorMissing: { code: "baseline-missing", text, tried } } };
}
