import { createHash } from "node:crypto";
import type { Hashing } from "../ports/hashing.ts";

/** SHA-256 by the platform. */
export const hashing: Hashing = {
  text: (text) => `sha256:${createHash("sha256").update(text, "utf8").digest("hex")}`,
  parts(write) {
    const hash = createHash("sha256");
    write((bytes) => {
      hash.update(bytes);
    });
    return `sha256:${hash.digest("hex")}`;
  },
  bytes: (bytes) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`,
};
