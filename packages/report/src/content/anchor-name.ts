import type { Verdict } from "@metricgate/core/documents/verdict";

/** What a report calls the policy's second baseline: `v2.0` of `tag:v2.0`, `production` of `deployed:production`. Unescaped. */
export function anchorName({ anchor }: Pick<Verdict, "anchor">): string {
  const name = anchor?.from.replace(/^(?:tag|deployed|file):/, "") ?? "";
  return name.trim() === "" ? "the anchor" : name;
}
