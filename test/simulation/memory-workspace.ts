import { memorySource } from "../../packages/formats/src/testing/memory-source.ts";
import type { Workspace } from "../../packages/pipeline/src/ports/workspace.ts";

/** A folder of texts that are never written. */
export function memoryWorkspace(files: Readonly<Record<string, string>>): Workspace {
  const read = (path: string) => {
    const text = files[path];
    if (text === undefined) throw new RangeError(`${path} is not there`);
    return text;
  };
  const refused = async () => {
    throw new RangeError("nothing is written here");
  };
  return {
    root: "/",
    find: async (patterns) => patterns.filter((path) => path in files).sort(),
    exists: async (path) => path in files,
    open: async (path) => memorySource(path, read(path)),
    read: async (path) => new TextEncoder().encode(read(path)),
    write: refused,
    remove: refused,
    resolve: async (path) => `/${path}`,
  };
}
