import { createHash } from "node:crypto";
import type { Hashing } from "../ports/hashing.ts";

/** Characters of a text that are hashed at once. */
const partLength = 65_536;

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** SHA-256 by the platform. */
export const hashing: Hashing = {
  text(text) {
    const hash = createHash("sha256");
    // A whole text takes three bytes of memory for each of its characters.
    for (let at = 0; at < text.length; ) {
      const end = at + partLength;
      // A pair of surrogates that is cut apart would be two replacement characters.
      const next = end < text.length && isHighSurrogate(text.charCodeAt(end - 1)) ? end + 1 : end;
      hash.update(text.slice(at, next), "utf8");
      at = next;
    }
    return `sha256:${hash.digest("hex")}`;
  },
  parts(write) {
    const hash = createHash("sha256");
    write((bytes) => {
      hash.update(bytes);
    });
    return `sha256:${hash.digest("hex")}`;
  },
  bytes: (bytes) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`,
};
