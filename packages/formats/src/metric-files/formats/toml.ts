import { lineCounter } from "../../text/position.ts";
import { tomlPlaces } from "../../toml/toml-places.ts";
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
    const root = await tomlTree(text, name);
    const places = tomlPlaces(text);
    const lineOf = lineCounter(text);
    const found = nestedMetrics(root, {
      ...refusals(undefined, name),
      textForNumber: (key, value) =>
        refusals(places.has(key) ? text : undefined, name).textForNumber(key, value, places.get(key) ?? 0),
    });
    const metrics = found.metrics.map((one) => {
      const at = places.get(one.metric.name);
      return { ...one, elsewhere: { file: name, ...(at === undefined ? {} : { line: lineOf(at) }) } };
    });
    return { ...found, metrics, notes: openEnd(text, name) };
  },
};
