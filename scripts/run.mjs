// Sets the checkout up when needed (Node 20 or later and git are enough), then runs the demo or the tests.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [task = "test", ...rest] = process.argv.slice(2);

function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (done.error) {
    console.error(`${command} could not be started: ${done.error.message}`);
    process.exit(3);
  }
  return done.status ?? 1;
}

const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 20) {
  console.error(`Node 20 or later is needed, and this is ${process.version}.`);
  process.exit(2);
}

const stamp = join(root, "node_modules", ".metricgate-set-up");
const wanted = createHash("sha256")
  .update(readFileSync(join(root, "pnpm-lock.yaml")))
  .digest("hex");
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  console.log(`Setting up: installing the packages of pnpm-lock.yaml with ${packageManager} (once)`);
  // The third-party servers of the real tier are large and not needed here; test/servers/install-real.sh installs them.
  const code = run("npx", [
    "--yes",
    packageManager,
    "install",
    "--frozen-lockfile",
    "--filter",
    "!@metricgate/test-real",
    "--reporter",
    "append-only",
    "--loglevel",
    "warn",
  ]);
  if (code !== 0) process.exit(code);
  writeFileSync(stamp, wanted);
}

if (task === "demo") process.exit(run("node", ["--import", "tsx", "scripts/demo/main.ts", ...rest]));
process.exit(run("node", ["--import", "tsx", "scripts/test.ts", ...rest]));
