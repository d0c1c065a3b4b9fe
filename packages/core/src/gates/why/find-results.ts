import type { GateResult, Verdict } from "../../documents/verdict.ts";
import { UserError } from "../../errors/user-error.ts";
import { editDistance } from "../../inputs/closest.ts";

/**
 * The results that a text means: the one with this id, else those of the gate as the policy writes it, else those of the metric.
 * @throws UserError `gate-unknown` with the nearest ids
 */
export function findResults(verdict: Verdict, text: string): GateResult[] {
  const byId = verdict.gates.filter(({ id }) => id === text);
  if (byId.length > 0) return byId;
  const found = verdict.gates.filter(({ gate, metric }) => gate === text || metric === text);
  if (found.length > 0) return found;
  const names = [...new Set(verdict.gates.flatMap(({ id, gate }) => [id, gate]))];
  const near = names
    .map((name) => ({ name, distance: editDistance(text.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
  const next = near.length === 0 ? "The verdict has no gates." : `Nearest are ${near.join(" · ")}.`;
  throw new UserError(
    "gate-unknown",
    `${JSON.stringify(text.slice(0, 200))} is no gate and no result of this verdict`,
    next,
  );
}
