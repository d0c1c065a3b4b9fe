import type { BaselineFrom } from "@metricgate/core/ports/baseline-store";
import type { Needs } from "../failure.ts";

/** What the job's token must be allowed to look at a place; `ofStore` for the places that the store itself keeps. */
export function needsOf(from: BaselineFrom, ofStore: Needs): Needs {
  if (from.startsWith("deployed:")) return { permission: "deployments: read", what: "look up what is deployed" };
  if (from.startsWith("tag:")) return { permission: "contents: read", what: "list the tags" };
  return ofStore;
}
