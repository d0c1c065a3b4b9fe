/** A double as tables of text write it: `1.0` for a whole number, so that a column reads the same from either; empty when it is not a number. */
export function doubleText(value: number): string {
  if (Number.isNaN(value)) return "";
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? `${Object.is(value, -0) ? "-0" : value}.0` : String(value);
}

/** A whole number of units of 10^−scale, with all its digits. */
export function decimalText(units: bigint, scale: number): string {
  if (scale <= 0) return String(units * 10n ** BigInt(-scale));
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** A moment in ISO 8601: seconds, then a fraction without zeros at its end; dates outside the years 0000 to 9999 as a count of units. */
export function instantText(units: bigint, perSecond: bigint, utc: boolean): string {
  let seconds = units / perSecond;
  let fraction = units % perSecond;
  if (fraction < 0n) {
    fraction += perSecond;
    seconds -= 1n;
  }
  if (seconds < -62167219200n || seconds > 253402300799n) return String(units);
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  const digits = String(perSecond).length - 1;
  const part = fraction === 0n ? "" : `.${String(fraction).padStart(digits, "0").replace(/0+$/, "")}`;
  return `${whole}${part}${utc ? "Z" : ""}`;
}
