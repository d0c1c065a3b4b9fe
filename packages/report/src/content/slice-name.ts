import type { Slice } from "@metricgate/core/documents/fields";

/** `country=BR, channel=web`: keys in code-unit order. Unescaped. */
export function sliceName(slice: Slice): string {
  return Object.keys(slice)
    .sort()
    .map((key) => `${key}=${slice[key] ?? ""}`)
    .join(", ");
}
