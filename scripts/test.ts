import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { missingTools } from "./test-tiers.ts";

const report = ".cache/tests.json";
const required = process.env.METRICGATE_REQUIRE_REAL === "1";

/** Runs every test that this machine can, says in one line each what is missing, and counts from the runner's own report. */
function main(): number {
  const missing = missingTools();
  for (const { what, how } of missing) console.log(`not here: ${what}. To get it: ${how}`);
  if (required && missing.length > 0) {
    console.error("METRICGATE_REQUIRE_REAL=1 is set, and the above is missing.");
    return 1;
  }
  mkdirSync(".cache", { recursive: true });
  const env = { ...process.env, PATH: [venvBin(), goBin(), process.env.PATH].filter(Boolean).join(":") };
  const vitest = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const left = missing.flatMap(({ project }) => (project === undefined ? [] : [`--project=!${project}`]));
  const done = spawnSync("node", [...vitest, ...left, ...process.argv.slice(2)], { stdio: "inherit", env });
  return summed(done.status ?? 1);
}

/** What we read of the runner's own report. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** The plain closing line. A run without a report, or without a test, has failed. */
function summed(status: number): number {
  if (!existsSync(report)) return status === 0 ? 1 : status;
  const counts: Report = JSON.parse(readFileSync(report, "utf8"));
  // A file that cannot be loaded has no test that failed, and yet it failed.
  const unloaded = counts.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  const failed = counts.numFailedTests + unloaded.length;
  const skipped = counts.numPendingTests + counts.numTodoTests;
  console.log(`${counts.numPassedTests} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`);
  if (required && skipped > 0) {
    console.error("METRICGATE_REQUIRE_REAL=1 is set, and tests were skipped.");
    return 1;
  }
  return status !== 0 || failed > 0 || counts.numPassedTests === 0 ? status || 1 : 0;
}

function venvBin(): string {
  return existsSync(".cache/venv/bin") ? join(process.cwd(), ".cache/venv/bin") : "";
}

function goBin(): string {
  const asked = spawnSync("go", ["env", "GOPATH"], { encoding: "utf8" });
  return asked.status === 0 ? join(asked.stdout.trim(), "bin") : "";
}

process.exitCode = main();
