import type { Curve } from "@metricgate/core/documents/evaluation";
import type { FoundCurve } from "./metric-format.ts";

const most = 500;

/** A curve with its finite points, at most 500: evenly spaced by their number, the first and the last among them. */
export function thinCurve(curve: FoundCurve, from: NonNullable<Curve["from"]>): Curve {
  const points = curve.points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  if (points.length <= most) return { ...curve, points, from };
  const last = points.length - 1;
  const kept = Array.from({ length: most }, (_, index) => points[Math.round((index * last) / (most - 1))] ?? [0, 0]);
  return { ...curve, points: kept as Curve["points"], from };
}
