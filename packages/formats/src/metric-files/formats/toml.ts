import { tomlTree } from "../../toml/toml-tree.ts";
import type { MetricFormat } from "../metric-format.ts";
import { nestedMetrics } from "../nested-metrics.ts";
import { openEnd } from "../open-end.ts";
import { refusals } from "../refuse.ts";

/** Nested TOML, as DVC reads it. */
export const tomlFormat: MetricFormat = {
  name: "toml",
  proof: "tool",
  title: "DVC metrics and other nested TOML",
  usual: ["**/*metrics*.toml"],
  example: { path: "out/metrics.toml", text: "[test]\naccuracy = 0.93\nlog_loss = 0.21\n" },
  takes: "As of JSON; dates are left out and named.",
  detect: ({ path }) => (/\.toml$/i.test(path) ? "likely" : undefined),
  read: async (file) => {
    const text = await file.text();
    const { name } = file.source;
    const found = nestedMetrics(await tomlTree(text, name), refusals(undefined, name));
    // The parser keeps no places, so no line is claimed.
    const metrics = found.metrics.map((one) => ({ ...one, elsewhere: { file: name } }));
    return { ...found, metrics, notes: openEnd(text, name) };
  },
};
