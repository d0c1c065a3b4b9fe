const DAY = 24 * 60 * 60 * 1000;

const DEFAULT_MAX_AGE_DAYS = 14;

/** Whole days from one commit to another, at least 0; undefined when a date is absent or none. */
export function daysBetween(earlier: string | undefined, later: string | undefined): number | undefined {
  if (earlier === undefined || later === undefined) return undefined;
  const days = Math.floor((Date.parse(later) - Date.parse(earlier)) / DAY);
  return Number.isNaN(days) ? undefined : Math.max(0, days);
}

/** The days of a `max-age` such as `14d`; 14 when it is not given. */
export function maxAgeDays(text: string | undefined): number {
  const found = /^(\d+)d$/.exec(text ?? "");
  return found === null ? DEFAULT_MAX_AGE_DAYS : Number(found[1]);
}
