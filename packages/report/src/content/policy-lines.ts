import type { Ungated } from "@metricgate/core/documents/verdict";
import { visible } from "../escape/visible.ts";
import type { ModelReport } from "../view.ts";

/** A metric that no gate judged. Its name, slice and unit are unescaped. */
export type NotJudged = Ungated;

/** The metrics that no gate judged: over all rows, and of slices; each in the order of the document. */
export interface AllNotJudged {
  wholes: readonly NotJudged[];
  slices: readonly NotJudged[];
}

const known = new WeakMap<ModelReport, AllNotJudged>();

/** The metrics not judged; without a verdict all of the candidate's. Each extent that is tried asks again, so they are listed once. */
export function notJudged(model: ModelReport): AllNotJudged {
  const before = known.get(model);
  if (before !== undefined) return before;
  const all = listed(model);
  const slices = all.filter(({ slice }) => slice !== undefined);
  const found = { wholes: slices.length === 0 ? all : all.filter(({ slice }) => slice === undefined), slices };
  known.set(model, found);
  return found;
}

function listed({ verdict, candidate }: ModelReport): readonly NotJudged[] {
  if (verdict !== undefined) return verdict.ungated;
  return (candidate?.metrics ?? []).map(({ name, slice, direction, unit, value }) => ({
    metric: name,
    why: direction === undefined ? "no-direction" : "no-gate",
    ...(slice === undefined ? {} : { slice }),
    ...(direction === undefined ? {} : { direction }),
    ...(unit === undefined ? {} : { unit }),
    ...(value === undefined ? {} : { candidate: value }),
  }));
}

/** Why a metric was not judged, in words. */
export const whyNotJudged: Record<NotJudged["why"], string> = {
  "no-direction": "which way is good is not known",
  "no-gate": "no gate names it",
  new: "new",
  gone: "gone from the candidate",
};

/** A text as a YAML double-quoted scalar; what JSON leaves invisible is escaped too. */
function quoted(text: string): string {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : visible(JSON.stringify(text));
}

/** The lines that would gate these metrics; whole metrics only, each once. */
export function policyLines(model: ModelReport, limit: number): { lines: string[]; left: number } {
  const seen = new Set<string>();
  const entries: string[] = [];
  for (const m of notJudged(model).wholes) {
    if (m.why === "gone" || seen.has(m.metric)) continue;
    seen.add(m.metric);
    if (entries.length < limit) entries.push(entryOf(m));
  }
  if (seen.size === 0) return { lines: [], left: 0 };
  const lead = ["version: 1", "models:", `  ${quoted(model.model)}:`, "    gates:"];
  return { lines: [...lead, ...entries], left: seen.size - entries.length };
}

/** What stands above these lines. Where `max-drop` judges without a policy, a policy of these lines alone would end that. */
export function policyLead({ verdict }: ModelReport): string {
  return verdict !== undefined && verdict.policy.path === undefined && verdict.gates.length > 0
    ? "A policy takes the place of max-drop. To judge these too, add to one that names the others:"
    : "To judge them, add to the policy:";
}

function entryOf(m: NotJudged): string {
  const key =
    m.direction === "down"
      ? "max-rise: 1%"
      : m.direction === "near"
        ? "direction: near, target: 0, max-off: 0.01"
        : "max-drop: 0.01";
  const direction = m.direction === undefined ? "direction: up, " : "";
  const note = m.direction === undefined ? "   # or: direction: down, max-rise" : "";
  return `      - { metric: ${quoted(m.metric)}, ${direction}${key} }${note}`;
}
