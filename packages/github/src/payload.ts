/** The member of a payload along a path of keys; `undefined` where there is none. */
export function member(value: unknown, ...path: string[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

/** A text that is not empty, along a path of keys. */
export function textAt(value: unknown, ...path: string[]): string | undefined {
  const found = member(value, ...path);
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** A whole number along a path of keys. */
export function countAt(value: unknown, ...path: string[]): number | undefined {
  const found = member(value, ...path);
  return typeof found === "number" && Number.isSafeInteger(found) ? found : undefined;
}

/** A commit id along a path of keys; the zeros that stand for "none" are none. */
export function commitAt(value: unknown, ...path: string[]): string | undefined {
  const found = textAt(value, ...path);
  return found !== undefined && /^[0-9a-f]{40,64}$/.test(found) && !/^0+$/.test(found) ? found : undefined;
}
