/** Frozen and empty, so that `__proto__`, `constructor` and `toString` are ordinary keys. A null prototype itself would make slow objects. */
const bare: object = Object.freeze(Object.create(null) as object);

/** An empty object that inherits nothing: foreign keys can be set and looked up without harm. */
export function safeObject(): Record<string, unknown> {
  return Object.create(bare) as Record<string, unknown>;
}
