import { beyondText } from "../gates/range-notes.ts";
import { type AskedOfMetric, beyondRange } from "../metrics/beyond-range.ts";
import { marginOf } from "./margin.ts";
import type { PolicyProblem } from "./policy-problem.ts";
import type { GateEntry, ModelPolicy } from "./schema.ts";

const margins = [
  ["max-drop", "no-regression", "up"],
  ["max-rise", "no-regression", "down"],
  ["max-change", "equivalence", undefined],
  ["min-gain", "improvement", undefined],
] as const;

type Keys = Pick<GateEntry, "max-drop" | "max-rise" | "max-change" | "min-gain" | "min" | "max">;

/**
 * Margins and limits of a model that no value of their metric can break, or none can keep, as far as its name tells: a slip in most policies, and
 * right where the metric is written in another unit, such as an accuracy from 0 to 100.
 */
export function rangeAdvice(name: string, model: ModelPolicy): PolicyProblem[] {
  return model.gates.flatMap((entry, index) => {
    const path = ["models", name, "gates", index];
    const ofSlices = entry.slices === undefined ? [] : ofKeys(entry.metric, entry.slices, [...path, "slices"]);
    return [...ofKeys(entry.metric, entry, path), ...ofSlices];
  });

  function ofKeys(metric: string, keys: Keys, path: (string | number)[]): PolicyProblem[] {
    return asked(keys).flatMap(([key, question]) => {
      const found = beyondRange(metric, question);
      if (found === undefined) return [];
      const text = `${name}: ${beyondText(metric, question, found)}`;
      const next = `Write ${key} in the unit of the metric, or leave it where that is meant.`;
      return [{ code: "policy-range", model: name, path: [...path, key], text, next }];
    });
  }
}

function asked(keys: Keys): [string, AskedOfMetric][] {
  const ofMargins = margins.flatMap(([key, rule, direction]): [string, AskedOfMetric][] => {
    const written = keys[key];
    const margin = written === undefined ? undefined : marginOf(written);
    return margin === undefined ? [] : [[key, { rule, direction, margin: margin.value, scale: margin.scale }]];
  });
  const ofLimits = (["min", "max"] as const).flatMap((rule): [string, AskedOfMetric][] => {
    const limit = keys[rule];
    return limit === undefined ? [] : [[rule, { rule, limit }]];
  });
  return [...ofMargins, ...ofLimits];
}
