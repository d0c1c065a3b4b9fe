import type { Digest } from "../documents/digest.ts";
import type { Manifest } from "../documents/manifest.ts";

/** Where a model is promoted to. What is live is what `current` says. */
export interface Target {
  type: string;
  /** The place, for the record: a path or an address without credentials. */
  to: string;
  /** The model digest that is live, checked against the bytes that lie there; absent before the first promotion. */
  current(): Promise<Digest | undefined>;
  /** Copies the files of `from` (an absolute folder), verifies each by its digest, and does not switch. Idempotent. */
  stage(manifest: Manifest, from: string): Promise<void>;
  /** Makes a staged digest live in one atomic step. @throws UserError `not-staged` */
  activate(digest: Digest): Promise<void>;
  /** Makes nothing live: after a first promotion that failed its smoke test. Staged files stay. */
  deactivate(): Promise<void>;
  /** The manifest of a staged digest, re-hashed; absent when it is not there. */
  staged(digest: Digest): Promise<Manifest | undefined>;
  /** The folder or address of a staged digest, handed to the smoke test. */
  location(digest: Digest): string;
}
