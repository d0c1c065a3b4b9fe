import { askPeers, type Ended, median, metricgate } from "./processes.ts";
import { type BenchRow, mib } from "./row.ts";

const names = ["accuracy", "f1", "roc_auc", "average_precision", "log_loss", "brier"];

/** Six paired metrics with intervals of two tables of a million rows, against pandas and scikit-learn without intervals. */
export function compareTables(folder: string, runs: number): BenchRow[] {
  askPeers("predictions", folder, "1000000");
  const ours: Ended[] = [];
  const theirs: Ended[] = [];
  let peak = 0;
  for (let run = 0; run < runs; run++) {
    const asked = names.flatMap((name) => ["--compute", name]);
    const done = metricgate(
      folder,
      "compare",
      "baseline.csv",
      "candidate.csv",
      "--max-drop",
      "0.5%",
      "--json",
      ...asked,
    );
    const peers = askPeers("values", `${folder}/baseline.csv`, `${folder}/candidate.csv`);
    if (run === 0) checkValues(done.out, peers.out);
    ours.push(done);
    theirs.push(peers);
    peak = Math.max(peak, done.peak);
  }
  const [mine, peers] = [middle(ours, "seconds"), middle(theirs, "seconds")];
  const [used, theirUse] = [middle(ours, "cpu"), middle(theirs, "cpu")];
  return [
    {
      what: "compare of two tables of 1e6 rows",
      measured: ratioText(mine, peers),
      budget: "0.3 x peers (fails above 0.5)",
      holds: mine <= 0.5 * peers,
    },
    {
      what: "its processor time",
      measured: ratioText(used, theirUse),
      budget: "0.6 x peers (fails above 0.85)",
      holds: used <= 0.85 * theirUse,
    },
    { what: "its peak memory", measured: mib(peak), budget: "1024 MiB", holds: peak <= 2 ** 30 },
  ];
}

function middle(runs: readonly Ended[], of: "seconds" | "cpu"): number {
  return median(runs.map((run) => run[of]));
}

function ratioText(ours: number, theirs: number): string {
  return `${ours.toFixed(2)} s, peers ${theirs.toFixed(2)} s, ratio ${(ours / theirs).toFixed(2)}`;
}

/** Figures of a fast answer count only when it is the right one. @throws Error when a value is not that of scikit-learn */
function checkValues(verdict: string, peers: string): void {
  const gates: { metric: string; baseline: number; candidate: number; interval?: unknown }[] =
    JSON.parse(verdict).gates;
  const sides = peers.trim().split("\n");
  for (const [side, line] of [
    ["baseline", sides[0]],
    ["candidate", sides[1]],
  ] as const) {
    const values = (line ?? "").split(" ").map(Number);
    names.forEach((name, index) => {
      const gate = gates.find((found) => found.metric === name);
      const expected = values[index] ?? Number.NaN;
      if (gate?.interval === undefined || !(Math.abs(gate[side] - expected) <= 1e-9 * expected))
        throw new Error(`${name} of the ${side} is ${gate?.[side]}, and scikit-learn gives ${expected}`);
    });
  }
}
