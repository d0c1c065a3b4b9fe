/** A value that JSON can hold; `undefined` members are left out. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

/**
 * The canonical text of a JSON value: keys sorted by UTF-16 code units, shortest numbers, no white space.
 * @source RFC 8785 (JSON Canonicalization Scheme), 2020
 * @throws RangeError on a number that is not finite, or a lone surrogate
 */
export function canonical(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new RangeError(`canonical JSON has no ${value}`);
    return JSON.stringify(value);
  }
  if (typeof value === "string") {
    if (!value.isWellFormed()) throw new RangeError("canonical JSON has no lone surrogates");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${canonical(key)}:${canonical(member)}`);
  }
  return `{${members.join(",")}}`;
}
