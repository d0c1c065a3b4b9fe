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

/** The metrics not judged, whole ones before slices, each in the order of the document; without a verdict all of the candidate's. */
export function notJudged(model: ModelReport): NotJudged[] {
  const all = listed(model);
  return [...all.filter(({ slice }) => slice === undefined), ...all.filter(({ slice }) => slice !== undefined)];
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
  const seen = new Map<string, string>();
  for (const m of notJudged(model)) {
    if (m.slice !== undefined || m.why === "gone" || seen.has(m.metric)) continue;
    const key =
      m.direction === "down"
        ? "max-rise: 1%"
        : m.direction === "near"
          ? "direction: near, target: 0, max-off: 0.01"
          : "max-drop: 0.01";
    const direction = m.direction === undefined ? "direction: up, " : "";
    const note = m.direction === undefined ? "   # or: direction: down, max-rise" : "";
    seen.set(m.metric, `      - { metric: ${quoted(m.metric)}, ${direction}${key} }${note}`);
  }
  const entries = [...seen.values()];
  if (entries.length === 0) return { lines: [], left: 0 };
  const lead = ["version: 1", "models:", `  ${quoted(model.model)}:`, "    gates:"];
  return { lines: [...lead, ...entries.slice(0, limit)], left: Math.max(0, entries.length - limit) };
}
