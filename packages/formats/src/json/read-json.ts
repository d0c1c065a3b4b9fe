import { UserError } from "@metricgate/core/errors/user-error";
import { decodeText } from "../text/decode-text.ts";
import { positionAt } from "../text/position.ts";
import { safeObject } from "../tree/safe-object.ts";
import { foldJson } from "./fold-json.ts";

/**
 * The value of a JSON document, read strictly: UTF-8 (a byte order mark is accepted), no duplicate keys, at most 64 levels,
 * finite numbers only. Objects inherit nothing, so a key such as `__proto__` is an ordinary key.
 * @throws UserError with file, line and column: `not-utf8`, `nul-byte`, `not-finite`, and those of `foldJson`
 */
export function readJson(bytes: Uint8Array, name: string): unknown {
  const text = decodeText(bytes, name);
  return foldJson<unknown>(text, name, {
    number(value, token, at) {
      if (Number.isFinite(value)) return value;
      const where = { file: name, ...positionAt(text, at) };
      throw new UserError(
        "not-finite",
        `${name} holds ${token}, which is not a finite number.`,
        "Leave the value out, or write a finite one.",
        where,
      );
    },
    text: (value) => value,
    literal: (value) => value,
    list: (items) => items,
    mapping(keys, _keysAt, values) {
      const object = safeObject();
      keys.forEach((key, index) => {
        object[key] = values[index];
      });
      return object;
    },
  });
}
