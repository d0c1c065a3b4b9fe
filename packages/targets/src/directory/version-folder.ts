import { createHash } from "node:crypto";
import type { Digest } from "@metricgate/core/documents/digest";

const name = /^sha256-([0-9a-f]{64})$/;

/** The name of the folder that holds a version: `sha256-` and the hexadecimal digits (a colon is not allowed on every disk). */
export function versionName(digest: Digest): string {
  return digest.replace(":", "-");
}

/** The digest that a folder is named after, or nothing. */
export function digestOfName(folder: string): Digest | undefined {
  const hex = name.exec(folder)?.[1];
  return hex === undefined ? undefined : `sha256:${hex}`;
}

/** SHA-256 of the UTF-8 bytes of a text. */
export function hashText(text: string): Digest {
  return `sha256:${createHash("sha256").update(text, "utf8").digest("hex")}`;
}
