import type { Metric } from "./evaluation.ts";

/** Checks one field of a metric; what it takes, the schema takes as it is. A switch, since 100,000 metrics make a table of checks slow. */
function isPlainField(key: string, value: unknown): boolean {
  switch (key) {
    case "name":
      return isText(value, 200) && value !== "";
    case "value":
    case "target":
      return Number.isFinite(value);
    case "direction":
      return value === "up" || value === "down" || value === "near";
    case "n":
    case "stderr":
      return isSize(value);
    case "from":
      return isPlace(value);
    case "slice":
      return isSlice(value);
    case "undefined":
      return typeof value === "string";
    case "unit":
      return isText(value, 12);
    case "interval":
      return isInterval(value);
    case "repeats":
      return Array.isArray(value) && value.every(Number.isFinite);
    default:
      return false;
  }
}

/**
 * Whether a value is surely what the schema `metric` takes and leaves as it is. A quick check of the usual: of a value that it refuses only
 * the schema can say whether it is a metric, and what is wrong with it.
 */
export function isPlainMetric(value: unknown): value is Metric {
  if (!isMapping(value) || value.name === undefined || (value.value === undefined) === (value.undefined === undefined))
    return false;
  for (const key of Object.keys(value)) if (!isPlainField(key, value[key])) return false;
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
