import { memberOf } from "../../tree/tree.ts";
import { jsonList } from "../json-list.ts";
import { metricList } from "../listed-metrics.ts";
import type { FileHead, MetricFormat } from "../metric-format.ts";

/** Our own list of metrics with all that can be said about one, also inside an evaluation. */
export const metricgateFormat: MetricFormat = {
  name: "metricgate",
  proof: "own",
  title: "Our own list",
  usual: ["**/*metrics*.json"],
  example: {
    path: "out/metrics.json",
    text: '[{"name": "accuracy", "value": 0.93, "stderr": 0.004, "n": 5000}, {"name": "p95", "value": 31.4, "unit": "ms", "direction": "down"}]\n',
  },
  takes:
    "`name`, `value` (or `undefined`: the reason why there is none), `unit`, `direction`, `target`, `n`, `stderr`, `interval` (`low`, `high`, `level`, `method`), `repeats`, `slice`; other keys are ignored. The list may also stand below the key `metrics`.",
  detect,
  read: async (file) => jsonList(await file.text(), file.source.name),
};

function detect({ json }: FileHead): "sure" | "likely" | undefined {
  const list = json === undefined ? undefined : metricList(json);
  const [first] = list ?? [];
  if (first === undefined) return list === undefined ? undefined : "likely";
  const named = memberOf(first, "name")?.value.kind === "text";
  const valued = memberOf(first, "value") !== undefined || memberOf(first, "undefined") !== undefined;
  return named && valued ? "sure" : "likely";
}
