import { type KindName, type Received, receive } from "@metricgate/core/documents/kinds";
import { readJson } from "@metricgate/formats/json/read-json";
import type { Hashing } from "../ports/hashing.ts";
import type { Workspace } from "../ports/workspace.ts";

/** Reads and validates one document. @throws UserError `file-missing`, `document-invalid`, `document-version` and those of the JSON reader */
export async function readDocument<K extends KindName>(
  workspace: Workspace,
  kind: K,
  path: string,
  hashing: Hashing,
): Promise<Received<K>> {
  return receiveBytes(kind, await workspace.read(path), path, hashing);
}

/** Validates the bytes of one document. */
export function receiveBytes<K extends KindName>(
  kind: K,
  bytes: Uint8Array,
  name: string,
  hashing: Hashing,
): Received<K> {
  return receive(kind, readJson(bytes, name), name, hashing.text);
}
