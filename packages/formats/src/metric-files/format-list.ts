import { jsonFormat } from "./formats/json.ts";
import { metricgateFormat } from "./formats/metricgate.ts";
import { tableFormat } from "./formats/table.ts";
import { tensorboardFormat } from "./formats/tensorboard.ts";
import { yamlFormat } from "./formats/yaml.ts";
import type { MetricFormat } from "./metric-format.ts";

/** Every format of metric files. Among those that are likely the first one reads, so the plain ones stand last. */
export const metricFormats: readonly MetricFormat[] = [
  tensorboardFormat,
  metricgateFormat,
  tableFormat,
  jsonFormat,
  yamlFormat,
];
