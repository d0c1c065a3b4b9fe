import type { Direction, Slice } from "@metricgate/core/documents/fields";
import { safeUnit } from "../escape/unit.ts";
import { visible } from "../escape/visible.ts";
import type { ModelReport } from "../view.ts";

/** A metric that no gate judged. */
export interface NotJudged {
  metric: string;
  slice: Slice | undefined;
  why: "no-direction" | "no-gate" | "new" | "gone";
  direction: Direction | undefined;
  unit: string;
  baseline: number | undefined;
  candidate: number | undefined;
  change: number | undefined;
}

const known = new WeakMap<ModelReport, NotJudged[]>();

/** The metrics not judged, whole ones before slices, each in the order of the document; without a verdict all of the candidate's. Each extent that is tried asks again, so they are listed once. */
export function notJudged(model: ModelReport): NotJudged[] {
  const before = known.get(model);
  if (before !== undefined) return before;
  const all = listed(model);
  const found = [...all.filter(({ slice }) => slice === undefined), ...all.filter(({ slice }) => slice !== undefined)];
  known.set(model, found);
  return found;
}

function listed(model: ModelReport): NotJudged[] {
  const { verdict, candidate } = model;
  if (verdict === undefined) {
    return (candidate?.metrics ?? []).map((m) => ({
      metric: m.name,
      slice: m.slice,
      why: m.direction === undefined ? "no-direction" : "no-gate",
      direction: m.direction,
      unit: safeUnit(m.unit),
      baseline: undefined,
      candidate: m.value,
      change: undefined,
    }));
  }
  return verdict.ungated.map((m) => ({
    ...m,
    slice: m.slice,
    direction: m.direction,
    unit: safeUnit(m.unit),
    baseline: m.baseline,
    candidate: m.candidate,
    change: m.change,
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
  for (const m of notJudged(model)) {
    if (m.slice !== undefined || m.why === "gone" || seen.has(m.metric)) continue;
    seen.add(m.metric);
    if (entries.length < limit) entries.push(entryOf(m));
  }
  if (seen.size === 0) return { lines: [], left: 0 };
  const lead = ["version: 1", "models:", `  ${quoted(model.model)}:`, "    gates:"];
  return { lines: [...lead, ...entries], left: seen.size - entries.length };
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
