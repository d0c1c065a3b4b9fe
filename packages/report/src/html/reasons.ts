import type { Verdict } from "@metricgate/core/documents/verdict";
import { isOfFirstRun } from "../content/first-run.ts";
import { isIdle } from "../content/next-steps.ts";
import { worstFirst } from "../content/order.ts";
import { htmlName } from "../escape/html.ts";
import { plural } from "../format/number.ts";
import { htmlSaid } from "./sentence.ts";

/** Why each gate that did not pass is what it is: the reasons with their codes and next steps, and its waiver. */
export function htmlReasons(verdict: Verdict, most: number): string {
  const gates = worstFirst(verdict).filter((gate) => gate.verdict !== "pass" && !isOfFirstRun(verdict, gate));
  const items = gates.slice(0, most).map((gate) => {
    const reasons = gate.reasons.map(
      (r) =>
        `${htmlSaid(r.text)} <small>${htmlName(r.code, 60)}</small>${r.next === "" || isIdle(r.next) ? "" : `<br>${htmlSaid(r.next)}`}`,
    );
    const { waiver } = gate;
    const waived =
      waiver === undefined
        ? []
        : [
            `Waived by <code>${htmlName(waiver.by)}</code> until ${htmlName(waiver.until, 20)}: ${htmlSaid(waiver.reason)}`,
          ];
    return `<li><code>${htmlName(gate.id, 400)}</code><br>${[...reasons, ...waived].join("<br>")}</li>`;
  });
  const left = gates.length > most ? `<p class="soft">${plural(gates.length - most, "row")} not shown.</p>` : "";
  return items.length === 0 ? "" : `<ul>${items.join("\n")}</ul>${left}`;
}
