import { writeFileSync } from "node:fs";
import { askPeers, type Ended, median, metricgate } from "./processes.ts";
import { type BenchRow, mib } from "./row.ts";

const count = 100_000;
const words = ["accuracy", "loss", "latency_ms", "custom", "f1", "rouge", "mae"];

/** Two lists of 100,000 metrics in our own form, half of them with a standard error. */
function writeLists(folder: string): void {
  for (const [name, shift] of [
    ["before", 0],
    ["after", 0.001],
  ] as const) {
    const list = Array.from({ length: count }, (_, n) => ({
      name: `group${n % 1000}.${words[n % words.length]}.${n}`,
      value: (1 + (n % 997)) / 997 + shift * ((n % 5) - 2),
      ...(n % 2 === 0 ? { stderr: 0.001 + (n % 13) / 10_000, n: 1000 + (n % 100) } : {}),
    }));
    writeFileSync(`${folder}/${name}.json`, JSON.stringify(list));
  }
}

/** The median of some runs by its seconds, with the largest memory of all. */
function runs(times: number, run: () => Ended): Ended {
  const all = Array.from({ length: times }, run);
  const [first] = all;
  if (first === undefined) throw new RangeError("at least one run");
  return {
    out: first.out,
    seconds: median(all.map(({ seconds }) => seconds)),
    cpu: median(all.map(({ cpu }) => cpu)),
    peak: Math.max(...all.map(({ peak }) => peak)),
  };
}

/** What is measured, and above what it fails: processor time in that of the peer, and megabytes. */
interface Case {
  what: string;
  argv: string[];
  widest: number;
  largest: number;
}

/** Evaluations of both lists and a policy of one gate on every metric, for `gate`. */
function writeEvaluations(folder: string): void {
  for (const name of ["before", "after"])
    metricgate(folder, "evaluate", "--metrics", `${name}.json`, "--out", `${name}-evaluation.json`);
  const gate = '{ metric: "*", direction: up, max-drop: 1% }';
  writeFileSync(`${folder}/every.yml`, `version: 1\nmodels:\n  model:\n    gates:\n      - ${gate}\n`);
}

/**
 * Two files of 100,000 metrics each, compared and rendered: shown only, and judged; and `gate` on their evaluations, which also writes five
 * documents of them. Against Python's json and a dict of each file, by processor time: a busy machine lengthens the seconds of a program
 * with threads more than those of one without. The limits lie about a quarter above what was measured.
 */
export function manyMetrics(folder: string): BenchRow[] {
  writeLists(folder);
  writeEvaluations(folder);
  const peers = Array.from({ length: 3 }, () => askPeers("metrics", `${folder}/before.json`, `${folder}/after.json`));
  const peer = median(peers.map(({ out }) => Number(out.trim().split(" ")[1])));
  const files = ["before.json", "after.json"];
  const evaluations = ["--candidate", "after-evaluation.json", "--baseline", "before-evaluation.json"];
  const cases: Case[] = [
    { what: "compared and shown", argv: ["compare", ...files], widest: 11, largest: 330 },
    { what: "compared and judged", argv: ["compare", ...files, "--max-drop", "5%"], widest: 20, largest: 360 },
    { what: "by gate", argv: ["gate", ...evaluations, "--policy", "every.yml"], widest: 28, largest: 700 },
  ];
  return cases.flatMap(({ what, argv, widest, largest }): BenchRow[] => {
    const done = runs(3, () => metricgate(folder, ...argv));
    const ratio = done.cpu / peer;
    return [
      {
        what: `100,000 metrics ${what}`,
        measured: `${done.seconds.toFixed(2)} s (cpu ${done.cpu.toFixed(2)}), json+dict cpu ${peer.toFixed(2)} s, ratio ${ratio.toFixed(1)}`,
        budget: `2 s (fails above ${widest} x json+dict)`,
        holds: ratio <= widest,
      },
      {
        what: "its peak memory",
        measured: mib(done.peak),
        budget: `300 MB (fails above ${largest})`,
        holds: done.peak <= largest * 1e6,
      },
    ];
  });
}
