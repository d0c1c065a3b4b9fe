import { describe, expect, it } from "vitest";
import { onlyPattern, runPattern } from "./run-pattern.ts";

describe("the pattern that init writes for a file", () => {
  it.each([
    ["out/metrics.json", "out/metrics.json"],
    ["out/v2/metrics-1.json", "out/v2/metrics-1.json"],
    [
      "out/EleutherAI__pythia-160m/results_2026-11-20T15-02-00.123456.json",
      "out/EleutherAI__pythia-160m/results_*.json",
    ],
    ["mlruns/0/0123456789abcdef0123456789abcdef/metrics/val/acc", "mlruns/*/*/metrics/val/acc"],
    ["mlruns/123456789012345678/0123456789abcdef0123456789abcdef/metrics/acc", "mlruns/*/*/metrics/acc"],
    ["lightning_logs/version_10/metrics.csv", "lightning_logs/version_*/metrics.csv"],
    ["runs/a/events.out.tfevents.1763650800.host.123.0", "runs/a/events.out.tfevents.*"],
    ["wandb/run-20261121_160825-hia4f9j4/files/wandb-summary.json", "wandb/run-*/files/wandb-summary.json"],
    ["runs/detect/train3/results.csv", "runs/detect/train*/results.csv"],
    ["out/2026-11-21/metrics (1).json", "out/*/metrics \\(1\\).json"],
  ])("%s is %s: what a tool makes anew for each run is open, the rest as it is", (path, pattern) => {
    expect(runPattern(path)).toBe(pattern);
  });

  it("characters of patterns are escaped", () => {
    expect(onlyPattern("a[1]*{b}!.json")).toBe("a\\[1\\]\\*\\{b\\}\\!.json");
  });
});
