import { gate, interval } from "./made.ts";

/** A gain that is real. */
export const quality = gate({
  metric: "pr_auc",
  baseline: 0.6124,
  candidate: 0.6238,
  change: 0.0114,
  scale: "absolute",
  interval: interval(0.005, 0.018),
  margin: 0.005,
});

/** A gain of a metric that is better when lower, without uncertainty. */
export const latency = gate({
  metric: "latency_p95",
  direction: "down",
  unit: "ms",
  baseline: 38.1,
  candidate: 31.4,
  change: -6.7,
  scale: "absolute",
  margin: 4,
});
