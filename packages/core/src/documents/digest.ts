import { canonical, type Json } from "./canonical.ts";

/** `sha256:` and 64 lower-case hexadecimal digits. */
export type Digest = `sha256:${string}`;

/** Hashes the UTF-8 bytes of a text; handed in, so that `core` needs no platform. */
export type HashText = (text: string) => Digest;

/** The digest of a document: of its canonical bytes as received, without `run`, which differs from run to run. */
export function digestOf(document: object, hash: HashText): Digest {
  const { run: _, ...rest } = document as Record<string, Json | undefined>;
  return hash(canonical(rest));
}
