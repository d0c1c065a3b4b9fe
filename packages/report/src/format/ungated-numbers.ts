import type { NotJudged } from "../content/policy-lines.ts";
import { type GateNumbers, gateNumbers } from "./gate-numbers.ts";

/** The numbers of a metric that no gate judged, rounded so that they agree. */
export function ungatedNumbers(m: NotJudged): GateNumbers {
  return gateNumbers({
    rule: "no-regression",
    unit: m.unit,
    ...(m.baseline === undefined ? {} : { baseline: m.baseline }),
    ...(m.candidate === undefined ? {} : { candidate: m.candidate }),
    ...(m.change === undefined ? {} : { change: m.change }),
  });
}
