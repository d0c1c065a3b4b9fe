import { mostThatFit } from "../content/most-that-fit.ts";
import { utf8Bytes } from "../escape/size.ts";
import type { ReportView } from "../view.ts";
import { detailedModels, markdownBody } from "./body.ts";
import type { Extent } from "./extent.ts";

/** A body's limits: UTF-16 units and UTF-8 bytes. */
export interface Limit {
  units: number;
  bytes: number;
}

/** The fullest body that keeps the limits, `around` included; the room that is left goes to sections of further models. The last extent is taken as it is: it is small whatever the view holds. */
export function fittedBody(view: ReportView, extents: readonly Extent[], limit: Limit, around: string): string {
  const render = (extent: Extent): string => `${around}${markdownBody(view, extent)}\n`;
  const fits = (text: string): boolean => text.length <= limit.units && utf8Bytes(text) <= limit.bytes;
  let body = "";
  for (const extent of extents) {
    body = render(extent);
    if (!fits(body)) continue;
    const most = detailedModels(view, extent).length;
    const sections = mostThatFit(extent.sections, most, (entries) => fits(render({ ...extent, sections: entries })));
    return sections === extent.sections ? body : render({ ...extent, sections });
  }
  return body;
}
