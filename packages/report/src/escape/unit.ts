/** A unit of measure when it is one of the harmless kind (`ms`, `%`, `MB/s`, `°C`), and an empty text otherwise. Seven letters of a to f could be a commit. */
export function safeUnit(unit: string | undefined): string {
  const harmless = unit !== undefined && /^[%A-Za-zµ/·°]{1,12}$/.test(unit) && !/[0-9a-f]{7}/i.test(unit);
  return harmless ? unit : "";
}

/** What stands after a metric's name: `, ms`, or nothing when there is no harmless unit. */
export function unitAfter(unit: string | undefined): string {
  const safe = safeUnit(unit);
  return safe === "" ? "" : `, ${safe}`;
}
