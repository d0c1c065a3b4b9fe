/** A unit of measure when it is one of the harmless kind (`ms`, `%`, `MB/s`, `°C`), and an empty text otherwise. */
export function safeUnit(unit: string | undefined): string {
  return unit !== undefined && /^[%A-Za-zµ/·°]{1,12}$/.test(unit) ? unit : "";
}
