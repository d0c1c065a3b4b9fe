import { utf8Bytes } from "../escape/size.ts";
import type { ReportView } from "../view.ts";
import { markdownBody } from "./body.ts";
import type { Extent } from "./extent.ts";

/** A body's limits: UTF-16 units and UTF-8 bytes. */
export interface Limit {
  units: number;
  bytes: number;
}

/** The fullest body that keeps the limits, `around` included. The last extent is taken as it is: it is small whatever the view holds. */
export function fittedBody(view: ReportView, extents: readonly Extent[], limit: Limit, around: string): string {
  let body = "";
  for (const extent of extents) {
    body = `${around}${markdownBody(view, extent)}\n`;
    if (body.length <= limit.units && utf8Bytes(body) <= limit.bytes) return body;
  }
  return body;
}
