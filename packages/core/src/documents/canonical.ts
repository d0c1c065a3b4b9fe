/** A value that JSON can hold; `undefined` members are left out. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

/** The keys of one object and the same in canonical order. */
interface KeyOrder {
  keys: readonly string[];
  sorted: readonly string[];
}

/**
 * The canonical text of a JSON value: keys sorted by UTF-16 code units, shortest numbers, no white space.
 * @source RFC 8785 (JSON Canonicalization Scheme), 2020
 * @throws RangeError on a number that is not finite, or a lone surrogate
 */
export function canonical(value: Json): string {
  return isSettled(value) ? JSON.stringify(value) : written(value, new Map());
}

/** `orders`: by number of keys, the order of the object last written, since the objects of a list mostly have the same keys. */
function written(value: Json, orders: Map<number, KeyOrder>): string {
  if (isSettled(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => written(item, orders)).join(",")}]`;
  if (typeof value !== "object" || value === null) throw notCanonical(value);
  const members: string[] = [];
  for (const key of inOrder(Object.keys(value), orders)) {
    const member = value[key];
    if (member !== undefined) members.push(`${written(key, orders)}:${written(member, orders)}`);
  }
  return `{${joined(members)}}`;
}

/** Joined by commas. Texts of millions of characters are only linked, and copied once when all is written. */
function joined(members: readonly string[]): string {
  const long = members.some((member) => member.length > 1_000_000);
  return long ? members.reduce((text, member) => `${text},${member}`) : members.join(",");
}

/** Whether JSON.stringify, which is many times faster, writes a value canonically: all keys are in order, all numbers finite, all texts well-formed. */
function isSettled(value: Json): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object") return typeof value === "boolean";
  if (value === null) return true;
  if (Array.isArray(value)) return value.every(isSettled);
  let before = "";
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (key < before || !key.isWellFormed() || (member !== undefined && !isSettled(member))) return false;
    before = key;
  }
  return true;
}

function inOrder(keys: readonly string[], orders: Map<number, KeyOrder>): readonly string[] {
  const known = orders.get(keys.length);
  if (known?.keys.every((key, at) => key === keys[at])) return known.sorted;
  const sorted = keys.toSorted();
  orders.set(keys.length, { keys, sorted });
  return sorted;
}

function notCanonical(value: string | number | boolean | null): RangeError {
  return new RangeError(`canonical JSON has no ${typeof value === "string" ? "lone surrogates" : value}`);
}
