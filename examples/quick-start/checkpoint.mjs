// A checkpoint is written whole or not at all, and belongs to one set of parameters and one training table.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes the file beside its place first, so that a reader never sees half of it. */
export function writeWhole(folder, name, text) {
  mkdirSync(folder, { recursive: true });
  const beside = join(folder, `.${name}.${process.pid}`);
  writeFileSync(beside, text);
  renameSync(beside, join(folder, name));
}

/** What a checkpoint is good for: the digest of everything that decides the weights. */
export const checkpointKey = (...parts) => createHash("sha256").update(parts.join("\0")).digest("hex");

/** The saved state, or undefined when there is none for this key. */
export function restore(folder, key) {
  const path = join(folder, "state.json");
  if (!existsSync(path)) return undefined;
  const state = JSON.parse(readFileSync(path, "utf8"));
  if (state.key === key) return state;
  console.log(`${path} belongs to other parameters or data: starting anew`);
  return undefined;
}

export const save = (folder, state) => writeWhole(folder, "state.json", JSON.stringify(state));
