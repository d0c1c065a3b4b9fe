import type { Judgement, Severity } from "../documents/verdict.ts";
import type { Policy } from "../policy/schema.ts";
import type { Draft } from "./draft.ts";
import { concernOf } from "./reasons.ts";

/** The keys of the policy that map an outcome to a verdict. */
export type MappingKeys = Pick<
  Policy,
  "on-missing-baseline" | "on-incomparable" | "on-missing-metric" | "on-inconclusive"
>;

const order: readonly Judgement[] = ["pass", "warn", "fail"];

/** The worse of two verdicts: fail, then warn, then pass. */
export function worse(a: Judgement, b: Judgement): Judgement {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/** The worst of some verdicts; undefined of none. */
export function worst(verdicts: Iterable<Judgement>): Judgement | undefined {
  let found: Judgement | undefined;
  for (const one of verdicts) found = found === undefined ? one : worse(found, one);
  return found;
}

/** What follows from a result under the policy, before waivers (DESIGN §6). A severity below `error` caps it: warn at most, or shown only. */
export function judgementOf(draft: Draft, keys: MappingKeys): Judgement {
  const found = uncapped(draft, keys);
  return capped(draft.warned === true ? worse(found, "warn") : found, draft.severity);
}

function uncapped({ outcome, reasons, onInconclusive }: Draft, keys: MappingKeys): Judgement {
  if (outcome === "pass" || outcome === "fail") return outcome;
  if (outcome === "inconclusive") return onInconclusive ?? keys["on-inconclusive"] ?? "warn";
  switch (concernOf(reasons[0]?.code ?? "")) {
    case "support":
      return "pass";
    case "new":
    case "first-run":
    case "stale":
      return "warn";
    case "baseline":
      return keys["on-missing-baseline"] ?? "fail";
    case "incomparable":
      return keys["on-incomparable"] ?? "fail";
    case "metric":
    case "rule":
    case "remark":
      return keys["on-missing-metric"] ?? "fail";
  }
}

function capped(judgement: Judgement, severity: Severity): Judgement {
  if (severity === "info") return "pass";
  return severity === "warn" && judgement === "fail" ? "warn" : judgement;
}
