import { writeFileSync } from "node:fs";
import { metricgate } from "./processes.ts";
import { type BenchRow, mib } from "./row.ts";

/** Two files of 100,000 metrics each, compared and rendered. */
export function manyMetrics(folder: string): BenchRow[] {
  for (const [name, shift] of [
    ["before", 0],
    ["after", 0.001],
  ] as const) {
    const entries = Array.from({ length: 100_000 }, (_, n) => [`group${n % 100}_metric${n}`, (n % 997) / 997 + shift]);
    writeFileSync(`${folder}/${name}.json`, JSON.stringify(Object.fromEntries(entries)));
  }
  const done = metricgate(folder, "compare", "before.json", "after.json", "--max-drop", "5%");
  return [
    {
      what: "100,000 metrics compared and rendered",
      measured: `${done.seconds.toFixed(2)} s`,
      budget: "2 s (fails above 4)",
      holds: done.seconds <= 4,
    },
    { what: "its peak memory", measured: mib(done.peak), budget: "300 MB (fails above 600)", holds: done.peak <= 6e8 },
  ];
}
