import type { GateEntry } from "../policy/schema.ts";
import { benjaminiHochberg } from "../statistics/benjamini-hochberg.ts";
import { holm } from "../statistics/holm.ts";
import type { Draft } from "./draft.ts";
import type { Pending } from "./entry-drafts.ts";
import { familyP } from "./rules/gain.ts";

const families = ["metrics", "slices"] as const;

/**
 * Judges what waits, with the p-values of each family corrected for their number: Holm (1979), in slices also Benjamini and Hochberg (1995)
 * or not at all, as `multiplicity` says.
 */
export function corrected(open: readonly (Draft | Pending)[], entry: GateEntry): Draft[] {
  if (open.every(isDraft)) return [...open];
  const adjusted = new Map<Pending, number>();
  for (const family of families) {
    const correction = family === "slices" ? (entry.slices?.multiplicity ?? "holm") : "holm";
    if (correction === "none") continue;
    const members = open.flatMap((one) => {
      const p = isPending(one) && one.family === family ? familyP(one.question, one.compared.difference) : undefined;
      return isPending(one) && p !== undefined ? [{ one, p }] : [];
    });
    const p = members.map((member) => member.p);
    const values = correction === "bh" ? benjaminiHochberg(p) : holm(p);
    for (const [index, { one }] of members.entries()) adjusted.set(one, values[index] ?? 1);
  }
  return open.map((one) => (isPending(one) ? one.draft(adjusted.get(one)) : one));
}

function isDraft(one: Draft | Pending): one is Draft {
  return !isPending(one);
}

function isPending(one: Draft | Pending): one is Pending {
  return "compared" in one;
}
