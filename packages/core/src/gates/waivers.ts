import type { Note } from "../documents/fields.ts";
import type { GateResult, Waiver } from "../documents/verdict.ts";
import type { Policy, WaiverEntry } from "../policy/schema.ts";
import { matchesGlob } from "./glob.ts";
import { because, remark } from "./reasons.ts";

/**
 * Applies the waivers of a model to its results. A waiver matches the id of a result, the metric of its gate as written, or by
 * `*` its metric. It turns a fail into a warning and leaves the outcome as found. It counts through the day `until`, held against
 * the UTC date of `committedAt`, the tested commit; without that date none counts, and a note says so.
 */
export function applyWaivers(
  results: readonly GateResult[],
  policy: Policy | undefined,
  model: string,
  committedAt: string | undefined,
): { results: GateResult[]; notes: Note[] } {
  const waivers = waiversOf(policy, model);
  if (waivers.length === 0) return { results: [...results], notes: [] };
  const today = utcDate(committedAt);
  const active = inForce(waivers, today);
  const notes: Note[] = [];
  if (today === undefined) {
    notes.push(
      remark(
        "ages-not-checked",
        "The date of the tested commit is not known, so no waiver counts: whether one has ended cannot be told. On the command line --at gives the date.",
      ),
    );
  }
  for (const ended of waivers.filter((waiver) => today !== undefined && !active.includes(waiver))) {
    notes.push(
      remark("waiver-expired", `The waiver of ${ended.gate} by ${ended.by} ended on ${ended.until} and has no effect.`),
    );
  }
  const used = new Set<WaiverEntry>();
  const waived = results.map((result) => {
    const waiver = result.verdict === "pass" ? undefined : active.find((one) => matches(one, result));
    if (waiver === undefined) return result;
    used.add(waiver);
    return withWaiver(result, waiver);
  });
  for (const idle of active.filter((waiver) => !used.has(waiver))) {
    notes.push(remark("waiver-unused", `The waiver of ${idle.gate} by ${idle.by} matches no result that needs it.`));
  }
  return { results: waived, notes };
}

/** The waivers of a model that count on the UTC date of `committedAt`; none without that date. */
export function activeWaivers(
  policy: Policy | undefined,
  model: string,
  committedAt: string | undefined,
): WaiverEntry[] {
  return inForce(waiversOf(policy, model), utcDate(committedAt));
}

function waiversOf(policy: Policy | undefined, model: string): WaiverEntry[] {
  return (policy?.waivers ?? []).filter((waiver) => waiver.model === undefined || waiver.model === model);
}

function inForce(waivers: readonly WaiverEntry[], today: string | undefined): WaiverEntry[] {
  return waivers.filter((waiver) => today !== undefined && waiver.until >= today);
}

function matches({ gate }: WaiverEntry, { id, gate: pattern, metric }: GateResult): boolean {
  return gate === id || gate === pattern || matchesGlob(gate, metric);
}

function withWaiver(result: GateResult, { gate, reason, by, until }: WaiverEntry): GateResult {
  const waiver: Waiver = { gate, reason, by, until };
  const text = `Waived by ${by} until ${until}: ${reason}`;
  return { ...result, verdict: "warn", waiver, reasons: [...result.reasons, because("waived", text)] };
}

/** The date in UTC of an instant, as YYYY-MM-DD; undefined when there is none or it is no date. */
function utcDate(instant: string | undefined): string | undefined {
  const time = instant === undefined ? Number.NaN : Date.parse(instant);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, "2026-12-15".length);
}
