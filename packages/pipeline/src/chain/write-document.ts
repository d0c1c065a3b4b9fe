import { canonical, type Json } from "@metricgate/core/documents/canonical";
import { type Digest, digestOf } from "@metricgate/core/documents/digest";
import type { Hashing } from "../ports/hashing.ts";
import type { Workspace } from "../ports/workspace.ts";

/** Writes a document in its canonical bytes (with `run`, when it has one) and a final newline; returns its digest. */
export async function writeDocument(
  workspace: Workspace,
  path: string,
  document: object,
  hashing: Hashing,
): Promise<Digest> {
  const text = canonical(document as Json);
  await workspace.write(path, `${text}\n`);
  // Without `run` the digest is of what was just written.
  return "run" in document ? digestOf(document, hashing.text) : hashing.text(text);
}

/** The bytes of a document as they are written. */
export function documentText(document: object): string {
  return `${canonical(document as Json)}\n`;
}
