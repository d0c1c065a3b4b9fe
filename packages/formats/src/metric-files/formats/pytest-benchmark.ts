import { readJsonFile } from "../json-file.ts";
import type { FoundFile, MetricFormat } from "../metric-format.ts";
import { measured } from "../number-text.ts";
import { hasKeys, itemsOf, kindWords, membersOf, numberAt, textAt, valueAt } from "../tree-access.ts";

const example = {
  machine_info: { cpu: { brand_raw: "AMD EPYC" } },
  commit_info: { id: "unversioned" },
  benchmarks: [
    {
      name: "test_predict",
      fullname: "test_speed.py::test_predict",
      extra_info: {},
      stats: { mean: 0.012, stddev: 0.001, rounds: 100, median: 0.0118 },
    },
  ],
};

/** `--benchmark-json`. */
export const pytestBenchmarkFormat: MetricFormat = {
  name: "pytest-benchmark",
  proof: "tool",
  title: "pytest-benchmark JSON",
  usual: ["**/*benchmark*.json", ".benchmarks/**/*.json"],
  example: { path: "out/benchmark.json", text: `${JSON.stringify(example)}\n` },
  takes:
    "The mean of each benchmark in seconds under its full name, lower is better, with the standard error stddev/√rounds and n = rounds; the median as `NAME.median`; numbers of `extra_info` as `NAME.KEY`. The processor is named in a note: times of different machines do not compare.",
  detect: ({ json }) => (hasKeys(json, "machine_info", "commit_info") ? "sure" : undefined),
  read: async (file) => {
    const { root, refuse, name } = await readJsonFile(file);
    const list = valueAt(root, "benchmarks");
    if (list?.kind !== "list")
      return refuse.shape(`${name} has no list benchmarks.`, "Write it with --benchmark-json.", root.at);
    const found: FoundFile = { metrics: [], ignored: [], notes: [] };
    for (const benchmark of itemsOf(list)) {
      const title = textAt(benchmark, "fullname") ?? textAt(benchmark, "name");
      const stats = valueAt(benchmark, "stats");
      const mean = numberAt(stats, "mean");
      if (title === undefined || mean === undefined)
        return refuse.shape(
          `A benchmark of ${name} has no name or no mean.`,
          "Write it with --benchmark-json.",
          benchmark.at,
        );
      const stddev = numberAt(stats, "stddev");
      const rounds = numberAt(stats, "rounds");
      const stderr =
        stddev === undefined || rounds === undefined || rounds < 2 ? undefined : stddev / Math.sqrt(rounds);
      const seconds = { unit: "s", direction: "down" } as const;
      found.metrics.push({
        at: benchmark.at,
        metric: {
          name: title,
          ...measured(mean),
          ...seconds,
          ...(rounds === undefined || !(rounds >= 0) ? {} : { n: rounds }),
          ...(stderr === undefined || !Number.isFinite(stderr) || stderr < 0 ? {} : { stderr }),
        },
      });
      const median = numberAt(stats, "median");
      if (median !== undefined)
        found.metrics.push({ at: benchmark.at, metric: { name: `${title}.median`, ...measured(median), ...seconds } });
      for (const { key, keyAt, value } of membersOf(valueAt(benchmark, "extra_info"))) {
        if (value.kind === "number")
          found.metrics.push({ at: keyAt, metric: { name: `${title}.${key}`, ...measured(value.value) } });
        else found.ignored.push({ name: `${title}.${key}`, is: kindWords(value) });
      }
    }
    const cpu = textAt(valueAt(valueAt(root, "machine_info"), "cpu"), "brand_raw");
    found.notes?.push({
      code: "machine",
      text: `${name} was measured on ${cpu === undefined ? "a processor that it does not name" : JSON.stringify(cpu.slice(0, 60))}.`,
    });
    return found;
  },
};
