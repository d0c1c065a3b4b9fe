import type { NotJudged } from "../content/policy-lines.ts";
import { type GateNumbers, gateNumbers } from "./gate-numbers.ts";

/** The numbers of two values that no gate compared, rounded so that they agree. */
export function ungatedNumbers(m: Pick<NotJudged, "baseline" | "candidate" | "change" | "unit">): GateNumbers {
  return gateNumbers({
    rule: "no-regression",
    ...(m.unit === undefined ? {} : { unit: m.unit }),
    ...(m.baseline === undefined ? {} : { baseline: m.baseline }),
    ...(m.candidate === undefined ? {} : { candidate: m.candidate }),
    ...(m.change === undefined ? {} : { change: m.change }),
  });
}
