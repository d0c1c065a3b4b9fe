import type { Metric } from "./evaluation.ts";

/** Checks of one field of a metric, by its key; what they take, the schema takes as it is. */
const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
  name: (value) => isText(value, 200) && value !== "",
  slice: isSlice,
  value: Number.isFinite,
  undefined: (value) => typeof value === "string",
  direction: (value) => value === "up" || value === "down" || value === "near",
  target: Number.isFinite,
  unit: (value) => isText(value, 12),
  n: isSize,
  stderr: isSize,
  interval: isInterval,
  repeats: (value) => Array.isArray(value) && value.every(Number.isFinite),
  from: isPlace,
};

/**
 * Whether a value is surely what the schema `metric` takes and leaves as it is. A quick check of the usual: of a value that it refuses only
 * the schema can say whether it is a metric, and what is wrong with it.
 */
export function isPlainMetric(value: unknown): value is Metric {
  if (!isMapping(value) || !("name" in value) || "value" in value === "undefined" in value) return false;
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(checks, key) || checks[key]?.(value[key]) !== true) return false;
  }
  return true;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown, most: number): value is string {
  return typeof value === "string" && value.length <= most;
}

function isSize(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function isSlice(value: unknown): boolean {
  return (
    isMapping(value) &&
    Object.keys(value).every((key) => key !== "" && key !== "__proto__" && isText(key, 200) && isText(value[key], 200))
  );
}

function isInterval(value: unknown): boolean {
  if (!isMapping(value) || Object.keys(value).length !== 4) return false;
  const { low, high, level, method } = value;
  return (
    Number.isFinite(low) &&
    Number.isFinite(high) &&
    typeof level === "number" &&
    level > 0 &&
    level < 1 &&
    typeof method === "string"
  );
}

function isPlace(value: unknown): boolean {
  if (!isMapping(value)) return false;
  const { file, format, line } = value;
  const texts = typeof file === "string" && typeof format === "string";
  const keys = Object.keys(value).length;
  return texts && (keys === 2 || (keys === 3 && Number.isSafeInteger(line)));
}
