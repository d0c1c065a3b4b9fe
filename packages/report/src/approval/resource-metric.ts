import type { GateResult } from "@metricgate/core/documents/verdict";

const units =
  /^(ns|us|µs|ms|s|sec|seconds|min|h|b|kb|mb|gb|kib|mib|gib|j|kj|wh|kwh|usd|eur|\$|€|flops?|qps|rps|rows\/s|items\/s)$/i;
const names = /(^|[^a-z])(latency|duration|response_time|throughput|size|memory|cost|params|energy)([^a-z]|$)/i;

/** Whether a metric tells what the model costs to run (time, memory, bytes, money) and not how good it is: by its unit, else by a word of its name. */
export function isResource({ metric, unit }: Pick<GateResult, "metric" | "unit">): boolean {
  return unit === undefined ? names.test(metric) : units.test(unit) || names.test(metric);
}
