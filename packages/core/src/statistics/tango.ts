import type { Interval } from "../documents/fields.ts";
import { normalQuantile } from "./normal.ts";

/** The score statistic of H0 "the difference is `delta`" for paired shares: positive when the observed difference is larger. */
function score(gained: number, lost: number, n: number, delta: number): number {
  const b = (2 * n - gained + lost) * delta - gained - lost;
  const c = -lost * delta * (1 - delta);
  const q = (Math.sqrt(Math.max(0, b * b - 8 * n * c)) - b) / (4 * n);
  const variance = n * (2 * q + delta * (1 - delta));
  const distance = gained - lost - n * delta;
  if (variance > 0) return distance / Math.sqrt(variance);
  return distance === 0 ? 0 : distance * Number.POSITIVE_INFINITY;
}

/** Where the falling score crosses `wanted`, by halving: 70 steps leave less than one unit in the last place. */
function crossing(gained: number, lost: number, n: number, wanted: number): number {
  let low = -1;
  let high = 1;
  for (let step = 0; step < 70; step++) {
    const middle = (low + high) / 2;
    if (score(gained, lost, n, middle) > wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Tango's score interval (1998) of the difference of two paired shares, within −1 to 1: `gained` rows only the first got right,
 * `lost` rows only the second, of `n` > 0. Swapped sides mirror it exactly. Never of zero width: without any disagreement it is ± z²/(n + z²).
 */
export function tango(gained: number, lost: number, n: number, level: number): Interval {
  const z = normalQuantile((1 + level) / 2);
  return { low: crossing(gained, lost, n, z), high: -crossing(lost, gained, n, z), level, method: "tango" };
}

/** The score statistic of "no difference", McNemar's z: (gained − lost) / √(gained + lost), 0 when nothing differs. */
export function mcnemarZ(gained: number, lost: number): number {
  return gained + lost === 0 ? 0 : (gained - lost) / Math.sqrt(gained + lost);
}
