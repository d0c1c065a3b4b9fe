import type { Digest, HashText } from "@metricgate/core/documents/digest";

/** SHA-256 of text, of bytes, and of bytes that come in parts. */
export interface Hashing {
  text: HashText;
  bytes(bytes: Uint8Array): Digest;
  parts(write: (take: (bytes: Uint8Array) => void) => void): Digest;
}
