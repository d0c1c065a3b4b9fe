import type { GateResult } from "@metricgate/core/documents/verdict";

/**
 * The largest loss that the interval allows; without an interval the loss itself, without any change nothing. Slices are ordered by it: by value
 * the smallest, which are the noisiest, would come first.
 */
export function lossBound({ change, interval, direction }: GateResult): number {
  if (change === undefined) return 0;
  return direction === "down" ? (interval?.high ?? change) : -(interval?.low ?? change);
}
