import type { Digest, HashText } from "@metricgate/core/documents/digest";

/** SHA-256 of text and of bytes. */
export interface Hashing {
  text: HashText;
  bytes(bytes: Uint8Array): Digest;
}
