import { codePointOrder } from "@metricgate/core/text/code-point-order";

const fixed = [
  "label",
  "label:",
  "prediction",
  "prediction:",
  "score",
  "score:",
  "query",
  "series",
  "lower",
  "upper",
  "scale",
  "value:",
  "weight",
  "group",
  "slice:",
];

/** The place of a column in a rows file: a fixed order, and by code point among those that begin alike, such as `score:CLASS`; -1 when it has none. */
export function columnRank(name: string): number {
  const prefix = /^(?:label|prediction|score|value|slice):/.exec(name)?.[0];
  if (prefix !== undefined) return name.length > prefix.length ? fixed.indexOf(prefix) : -1;
  return fixed.indexOf(name);
}

/** Compares two columns by their place in a rows file. */
export function byColumnOrder(a: string, b: string): number {
  return columnRank(a) - columnRank(b) || codePointOrder(a, b);
}
