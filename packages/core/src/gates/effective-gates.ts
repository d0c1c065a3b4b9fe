import type { Note } from "../documents/fields.ts";
import { directionOf, isBookkeeping } from "../metrics/directions.ts";
import { type Margin, marginOf } from "../policy/margin.ts";
import type { GateEntry, ModelPolicy } from "../policy/schema.ts";
import type { MarginText } from "../policy/written-margin.ts";
import { isGlob, matchesGlob } from "./glob.ts";
import type { MetricIndex } from "./metric-index.ts";
import { remark } from "./reasons.ts";

/** An entry of the policy, or one made from `max-drop`, ready to be applied. */
export interface EffectiveGate {
  entry: GateEntry;
  /** The entry's metric is a name even when it holds a `*`. */
  literal: boolean;
}

export interface EffectiveGates {
  gates: EffectiveGate[];
  notes: Note[];
}

/**
 * The gates that apply to a model: its entries in the policy, which `max-drop` may only tighten; without any, no-regression by
 * `max-drop` of every metric whose good direction is known. Undefined when there is neither: then nothing is judged.
 */
export function effectiveGates(
  model: ModelPolicy | undefined,
  maxDrop: string | undefined,
  candidate: MetricIndex,
  baseline: MetricIndex | undefined,
): EffectiveGates | undefined {
  if (model !== undefined) return maxDrop === undefined ? asWritten(model) : tightened(model, maxDrop, baseline);
  if (maxDrop === undefined) return undefined;
  const names = new Set([...candidate.names, ...(baseline?.names ?? [])]);
  const gates: EffectiveGate[] = [];
  for (const name of names) {
    const way = usualDirection(name, candidate, baseline);
    if (way === undefined || isBookkeeping(name)) continue;
    const entry = way === "up" ? { metric: name, "max-drop": maxDrop } : { metric: name, "max-rise": maxDrop };
    gates.push({ entry, literal: true });
  }
  // Nothing to hold max-drop against is a gate that matches nothing, never a pass.
  if (gates.length === 0) gates.push({ entry: { metric: "*", "max-drop": maxDrop }, literal: true });
  return { gates, notes: [] };
}

function usualDirection(
  name: string,
  candidate: MetricIndex,
  baseline: MetricIndex | undefined,
): "up" | "down" | undefined {
  for (const index of [baseline, candidate]) {
    const found = index?.overall(name);
    const said = found?.is === "one" ? found.metric.direction : undefined;
    if (said === "near") return undefined;
    if (said !== undefined) return said;
  }
  return directionOf(name);
}

function asWritten(model: ModelPolicy): EffectiveGates {
  return { gates: model.gates.map((entry) => ({ entry, literal: false })), notes: [] };
}

function tightened(model: ModelPolicy, maxDrop: string, baseline: MetricIndex | undefined): EffectiveGates {
  const given = marginOf(maxDrop);
  const notes: Note[] = [];
  const gates = model.gates.map((entry) => {
    const values = baselineValues(entry, baseline);
    const drop = tighter(entry["max-drop"], given, values);
    const rise = tighter(entry["max-rise"], given, values);
    if ([drop, rise].some((found) => found === "looser" || found === "mixed")) {
      notes.push(
        remark(
          "max-drop-ignored",
          `The input max-drop ${maxDrop} does not tighten the gate ${entry.metric}${drop === "looser" || rise === "looser" ? "" : " for every metric"}, whose own margin stands.`,
        ),
      );
    }
    const replaced = {
      ...(drop === "tighter" ? { "max-drop": maxDrop } : {}),
      ...(rise === "tighter" ? { "max-rise": maxDrop } : {}),
    };
    const tightest = { ...entry, ...replaced };
    return {
      entry: Object.keys(replaced).length === 0 ? tightest : withoutIdleWarning(tightest, given),
      literal: false,
    };
  });
  return { gates, notes };
}

/** A warn-margin that is not smaller than the tightened margin says nothing. */
function withoutIdleWarning(entry: GateEntry, margin: Margin | undefined): GateEntry {
  const { "warn-margin": warn, ...others } = entry;
  const own = warn === undefined ? undefined : marginOf(warn);
  const idle = own === undefined || margin === undefined || own.scale !== margin.scale || own.value >= margin.value;
  return idle ? others : entry;
}

/** The overall values that the baseline has of a gate's metrics. */
function baselineValues({ metric, was = [] }: GateEntry, baseline: MetricIndex | undefined): number[] {
  if (baseline === undefined) return [];
  const names = isGlob(metric)
    ? [...baseline.names].filter((name) => matchesGlob(metric, name))
    : [metric, ...was].filter((name) => baseline.names.has(name)).slice(0, 1);
  return names.flatMap((name) => {
    const found = baseline.overall(name);
    return found.is === "one" && found.metric.value !== undefined ? [found.metric.value] : [];
  });
}

/**
 * How the input's margin stands to the written one. Margins in different scales are compared at the baseline's values, where one that is
 * not above 0 has no share that could be lost, so that the written one stands; without a baseline nothing is compared.
 */
function tighter(
  written: MarginText | undefined,
  given: Margin | undefined,
  values: readonly number[],
): "tighter" | "looser" | "mixed" | "same" {
  const own = written === undefined ? undefined : marginOf(written);
  if (own === undefined || given === undefined) return "same";
  if (own.scale === given.scale) return ordered(given.value, own.value);
  const at = (margin: Margin, value: number) => (margin.scale === "relative" ? margin.value * value : margin.value);
  const found = new Set(values.map((value) => (value > 0 ? ordered(at(given, value), at(own, value)) : "looser")));
  const [only] = found;
  if (found.size > 1) return "mixed";
  return only ?? "same";
}

function ordered(given: number, own: number): "tighter" | "looser" | "same" {
  if (given === own) return "same";
  return given < own ? "tighter" : "looser";
}
