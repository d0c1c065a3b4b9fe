import { visible } from "./visible.ts";

/** A document with every text and key in it made `visible`, for a page of plain text that gives each value a line. */
export function visibleIn<T>(value: T): T {
  return madeVisible(value) as T;
}

function madeVisible(value: unknown): unknown {
  if (typeof value === "string") return visible(value);
  if (Array.isArray(value)) return value.map(madeVisible);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [visible(key), madeVisible(held)]));
}
