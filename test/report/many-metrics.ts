import type { ReportView } from "../../packages/report/src/view.ts";
import { digestOfDigit, evaluationOf, gate, headSha, interval, verdictOf, viewOf } from "./made.ts";

/** A model of `count` metrics as a run has it: nine of ten are gated and one of seven of those fails, with files, reasons, intervals and ten accepted runs. */
export function manyMetrics(count: number, name = "metric"): ReportView {
  const names = Array.from({ length: count }, (_, i) => `${name}${i}`);
  const gated = names.filter((_, i) => i === 0 || i % 10 !== 9);
  const gates = gated.map((metric, i) => {
    const fails = i % 7 === 0;
    const candidate = fails ? 0.6 - i * 1e-6 : 0.7001;
    const reasons = fails ? [{ code: "worse-than-margin", text: `${metric} fell by much.`, next: "Push a fix." }] : [];
    return gate({
      metric,
      baseline: 0.7,
      candidate,
      change: candidate - 0.7,
      scale: "absolute",
      margin: 0.05,
      n: 1000,
      interval: fails ? interval(candidate - 0.72, candidate - 0.68) : interval(-0.01, 0.0102),
      reasons,
      ...(fails ? ({ outcome: "fail", verdict: "fail" } as const) : {}),
    });
  });
  const ungated = names
    .filter((_, i) => i !== 0 && i % 10 === 9)
    .map((metric) => ({ metric, why: "no-gate" as const, candidate: 0.5, baseline: 0.4, change: 0.1 }));
  const from = { file: "out/metrics.json", format: "json", line: 3 };
  const candidate = evaluationOf("m", {
    source: { sha: headSha },
    metrics: names.map((metric) => ({ name: metric, value: 0.6, from })),
  });
  const values = Object.fromEntries(names.map((metric) => [metric, 0.69]));
  const history = Array.from({ length: 10 }, (_, i) => ({
    sha: `${i}`.repeat(40),
    evaluation: digestOfDigit("b"),
    values,
  }));
  const verdict = verdictOf("m", gates, { ungated });
  return viewOf([{ model: "m", verdict, candidate, baseline: evaluationOf("m"), history }]);
}
