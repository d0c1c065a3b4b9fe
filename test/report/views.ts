import type { ModelReport, ReportView } from "../../packages/report/src/view.ts";
import { latency as bareLatency, quality } from "./fraud-gates.ts";
import { fraudHistory, fraudRows, fraudRowsOf, lossCurve } from "./fraud-rows.ts";
import { baseSha, digestOfDigit, evaluationOf, gate, headSha, interval, verdictOf, viewOf } from "./made.ts";

const recall = { metric: "recall@fpr=0.01", margin: 0.01, scale: "absolute", n: 1204 } as const;
const latency = gate({ ...bareLatency, interval: interval(-7.2, -6.1) });
const size = gate({
  metric: "size",
  direction: "down",
  unit: "MB",
  baseline: 84.2,
  candidate: 61,
  change: -23.2,
  scale: "absolute",
  margin: 10,
});
const calm = [
  gate({
    metric: "pr_auc",
    baseline: 0.6124,
    candidate: 0.6131,
    change: 0.0007,
    scale: "absolute",
    interval: interval(-0.002, 0.0034),
    margin: 0.005,
    n: 1204,
  }),
  gate({
    metric: "roc_auc",
    baseline: 0.9412,
    candidate: 0.9409,
    change: -0.0003,
    scale: "absolute",
    interval: interval(-0.0011, 0.0005),
    margin: 0.002,
    n: 48210,
  }),
  gate({
    metric: "ece",
    direction: "down",
    baseline: 0.021,
    candidate: 0.0214,
    change: 0.0004,
    scale: "absolute",
    interval: interval(-0.0008, 0.0016),
    margin: 0.005,
    n: 48210,
  }),
  gate({ metric: "recall@fpr=0.01", rule: "min", candidate: 0.704, limit: 0.65, n: 1204 }),
];
const slices = [
  gate({
    ...recall,
    slice: { country: "DE" },
    baseline: 0.714,
    candidate: 0.752,
    change: 0.038,
    interval: interval(0.004, 0.072),
    margin: 0.05,
    n: 133,
  }),
  gate({
    ...recall,
    slice: { channel: "web" },
    baseline: 0.742,
    candidate: 0.713,
    change: -0.029,
    interval: interval(-0.048, -0.01),
    margin: 0.05,
    n: 611,
  }),
  gate({
    ...recall,
    slice: { channel: "app" },
    baseline: 0.72,
    candidate: 0.717,
    change: -0.003,
    interval: interval(-0.02, 0.014),
    margin: 0.05,
    n: 593,
  }),
];
const failedReason = {
  code: "worse-than-margin",
  text: "recall@fpr=0.01 fell by 0.027, more than the 0.010 that is allowed, and the drop is larger than noise.",
  next: "Read the lost cases in the full report and push a fix.",
};
const comparedWith = { baseline: evaluationOf("fraud-scorer") };
const headline = { metric: "recall@fpr=0.01", say: "{more|fewer} frauds caught at 1 % false positives", n: 1204 };

/** 2 of 9 gates failed, as in the reference's mock. */
export function failView(): ReportView {
  const gates = [
    gate({
      ...recall,
      outcome: "fail",
      verdict: "fail",
      baseline: 0.731,
      candidate: 0.704,
      change: -0.027,
      interval: interval(-0.041, -0.012),
      p: 0.0004,
      adjustedP: 0.002,
      reasons: [failedReason],
    }),
    gate({
      ...recall,
      slice: { country: "BR" },
      outcome: "fail",
      verdict: "fail",
      baseline: 0.708,
      candidate: 0.583,
      change: -0.125,
      interval: interval(-0.208, -0.042),
      margin: 0.05,
      n: 96,
      reasons: [{ ...failedReason, text: "recall@fpr=0.01 of country=BR fell by 0.125." }],
    }),
    latency,
    size,
    ...calm,
    ...slices,
  ];
  const candidate = evaluationOf("fraud-scorer", {
    source: { sha: headSha },
    rows: fraudRowsOf,
    curves: [lossCurve("train/loss", 0.11), lossCurve("val/loss", 0.17)],
    metrics: [
      {
        name: "recall@fpr=0.01",
        value: 0.704,
        direction: "up",
        from: { file: "out/metrics.json", format: "sklearn", line: 3 },
      },
    ],
  });
  const ungated = [
    { metric: "train_seconds", why: "no-direction", baseline: 812, candidate: 790, change: -22, unit: "s" } as const,
    ...["mail", "shop", "branch"].map(
      (channel, i) =>
        ({
          metric: "precision",
          slice: { channel },
          why: "no-gate",
          direction: "up",
          baseline: 0.64,
          candidate: 0.64 - i * 0.013,
          change: -i * 0.013,
        }) as const,
    ),
  ];
  const verdict = verdictOf("fraud-scorer", gates, {
    headline: { ...headline, baseline: 0.731, candidate: 0.704 },
    ungated,
  });
  const baseline = evaluationOf("fraud-scorer", { rows: fraudRowsOf, curves: [lossCurve("val/loss", 0.15)] });
  const model = { model: "fraud-scorer", verdict, candidate, baseline, ...fraudRows, history: fraudHistory };
  return viewOf([model], {
    earlier: [{ head: "a77c0e1f00112233445566778899aabbccddeeff", text: "✅ 9/9" }],
  });
}

/** Better and nothing worse. */
export function passView(): ReportView {
  const gates = [
    gate({ ...quality, n: 1204 }),
    gate({ ...recall, baseline: 0.731, candidate: 0.742, change: 0.011, interval: interval(-0.004, 0.026) }),
    latency,
    ...calm.slice(1),
    ...slices.slice(2),
  ];
  const verdict = verdictOf("fraud-scorer", gates, { headline: { ...headline, baseline: 0.731, candidate: 0.742 } });
  return viewOf([{ model: "fraud-scorer", verdict, ...comparedWith }], {
    earlier: [{ head: "a77c0e1f00112233445566778899aabbccddeeff", text: "❌ 7/9" }],
  });
}

/** Too few rows for one gate. */
export function inconclusiveView(): ReportView {
  const open = gate({
    ...recall,
    outcome: "inconclusive",
    verdict: "warn",
    baseline: 0.731,
    candidate: 0.725,
    change: -0.006,
    interval: interval(-0.021, 0.009),
    rowsNeeded: 4710,
    reasons: [
      {
        code: "too-uncertain",
        text: "recall@fpr=0.01 went from 0.731 to 0.725 (-0.006, 95% interval -0.021 to 0.009); whether the loss is within the margin of 0.01 is open. About 4710 rows would settle it.",
        next: "Measure on about 4710 rows, or accept a wider margin.",
      },
    ],
  });
  return viewOf([{ model: "fraud-scorer", verdict: verdictOf("fraud-scorer", [open, ...calm]), ...comparedWith }]);
}

/** A waived loss and a policy that the pull request edits. */
export function warnView(): ReportView {
  const waived = gate({
    metric: "log_loss",
    direction: "down",
    outcome: "fail",
    verdict: "warn",
    baseline: 0.2,
    candidate: 0.206,
    change: 0.03,
    scale: "relative",
    interval: interval(0.011, 0.049),
    margin: 0.01,
    reasons: [
      { code: "waived", text: "A waiver covers this until 2026-12-15.", next: "Mend it before the waiver ends." },
    ],
    waiver: { gate: "log_loss", reason: "Recalibrated downstream, RISK-412", by: "asha", until: "2026-12-15" },
  });
  const verdict = verdictOf("fraud-scorer", [waived, ...calm], {
    policy: { path: ".github/metricgate.yml", ref: baseSha, changedHere: true, advisory: false },
    baseline: { evaluation: digestOfDigit("b"), sha: baseSha, from: "ancestor", behind: 3, ageDays: 21, stale: true },
    notes: [{ code: "no-eval-set", text: "The eval set has no name." }],
  });
  return viewOf([{ model: "fraud-scorer", verdict, ...comparedWith }]);
}

/** Nothing is known of the model yet. */
export function firstRunView(): ReportView {
  const text = "Neither the policy of main nor its records know this model.";
  const reasons = [{ code: "first-run", text, next: "Merge to record the first baseline." }];
  const gates = [
    gate({
      metric: "recall@fpr=0.01",
      outcome: "missing",
      verdict: "warn",
      candidate: 0.704,
      margin: 0.01,
      n: 1204,
      reasons,
    }),
    gate({
      metric: "latency_p95",
      direction: "down",
      unit: "ms",
      outcome: "missing",
      verdict: "warn",
      candidate: 31.4,
      margin: 4,
      reasons,
    }),
    gate({ metric: "recall@fpr=0.01", rule: "min", candidate: 0.704, limit: 0.65, n: 1204 }),
  ];
  const tried = [
    { from: "base", found: "no evaluation of this model at 4be1f07" },
    { from: "latest", found: "no run of main has one" },
  ];
  return viewOf([
    {
      model: "fraud-scorer",
      verdict: verdictOf("fraud-scorer", gates, { baselineMissing: { code: "first-run", text, tried } }),
    },
  ]);
}

/** The step that measures ended with an error. */
export function crashedView(): ReportView {
  const tail = [
    "Traceback (most recent call last):",
    '  File "eval.py", line 12, in <module>',
    "MemoryError: cannot allocate 12 GiB",
  ].join("\n");
  return viewOf([
    {
      model: "fraud-scorer",
      crashed: { step: "evaluate", text: "python eval.py ended with exit code 137 after 312 s.", tail },
    },
  ]);
}

/** An answer about a commit that is no longer the head. */
export function staleView(): ReportView {
  return { ...failView(), stale: { head: "c41d9e0aabbccddeeff00112233445566778899a" } };
}

/** Numbers, and no gate. */
export function notJudgedView(): ReportView {
  const ungated = [
    { metric: "recall@fpr=0.01", why: "no-gate", direction: "up", baseline: 0.731, candidate: 0.704, change: -0.027 },
    {
      metric: "latency_p95",
      why: "no-gate",
      direction: "down",
      unit: "ms",
      baseline: 38.1,
      candidate: 31.4,
      change: -6.7,
    },
    { metric: "churn", why: "no-direction", baseline: 0.2, candidate: 0.25, change: 0.05 },
    { metric: "brier", why: "new", direction: "down", candidate: 0.08 },
  ] as const;
  const verdict = verdictOf("fraud-scorer", [], {
    ungated: [...ungated],
    policy: { changedHere: false, advisory: false },
  });
  return viewOf([{ model: "fraud-scorer", verdict, ...comparedWith }]);
}

/** There is neither a policy nor `max-drop`, and the default found a loss. */
export function noPolicyView(): ReportView {
  const gates = [
    gate({
      metric: "accuracy",
      outcome: "fail",
      verdict: "fail",
      baseline: 0.9,
      candidate: 0.87,
      change: -0.03 / 0.9,
      scale: "relative",
      margin: 0.01,
      reasons: [
        {
          code: "worse-than-margin",
          text: "accuracy is worse by 3.3 %; allowed is 1 %.",
          next: "Improve the candidate, or agree on a waiver.",
        },
      ],
    }),
    gate({
      metric: "log_loss",
      direction: "down",
      baseline: 0.31,
      candidate: 0.309,
      change: -0.001 / 0.31,
      scale: "relative",
      margin: 0.01,
    }),
  ];
  const verdict = verdictOf("fraud-scorer", gates, {
    ungated: [{ metric: "churn", why: "no-direction", baseline: 0.2, candidate: 0.25, change: 0.05 }],
    policy: { changedHere: false, advisory: false, maxDrop: "1%", maxDropDefault: true },
  });
  return viewOf([{ model: "fraud-scorer", verdict, ...comparedWith }]);
}

/** No model was touched. */
export function nothingChangedView(): ReportView {
  return viewOf([], {
    advice: ["The comment could not be written: add `pull-requests: write` to the job's permissions."],
  });
}

/** Several models, one of each kind. */
export function severalView(): ReportView {
  const named = (view: ReportView, model: string): ModelReport[] =>
    view.models.map((m) => ({ ...m, model, ...(m.verdict === undefined ? {} : { verdict: { ...m.verdict, model } }) }));
  return viewOf([...named(passView(), "churn"), ...named(failView(), "fraud-scorer"), ...named(warnView(), "ranker")], {
    recorded: true,
  });
}

const reason = (code: string, text: string, next: string) => ({ code, text, next });

/** One result of each rule and of each thing to know about one: re-runs, anchors, bare values, few rows, warnings only. */
export function rulesView(): ReportView {
  const absolute = { scale: "absolute" } as const;
  const gates = [
    gate({
      metric: "accuracy",
      verdict: "fail",
      baseline: 0.91,
      candidate: 0.93,
      change: 0.02,
      ...absolute,
      interval: interval(0.011, 0.029),
      margin: 0.01,
      reasons: [
        reason("within-margin", "accuracy went from 0.91 to 0.93, within the margin of 0.01.", "Nothing to do."),
        reason(
          "earlier-attempt",
          "An earlier attempt on this commit failed with 0.88; the worst of the attempts counts.",
          "Make the evaluation repeatable (fix its seeds), or set `on-rerun: latest` in the policy.",
        ),
      ],
    }),
    gate({
      metric: "selection_rate",
      id: "selection_rate/fairness[gender]",
      rule: "fairness",
      outcome: "fail",
      verdict: "fail",
      candidate: 0.6204,
      limit: 0.8,
      interval: { ...interval(0.55, 0.71), method: "log" },
      groups: {
        by: "gender",
        measure: "ratio",
        worst: ["F", "M"],
        values: [
          { group: "F", value: 0.2853, n: 410 },
          { group: "M", value: 0.46, n: 733 },
        ],
        excluded: [{ group: "X", n: 7, why: "too-few-rows" }],
      },
      reasons: [reason("gap-too-large", "The ratio is 0.62.", "Look at the rows of the worse group, or add a waiver.")],
    }),
    gate({
      metric: "latency_p95",
      rule: "history",
      direction: "down",
      unit: "ms",
      outcome: "fail",
      verdict: "warn",
      severity: "warn",
      baseline: 38.1,
      candidate: 47.31,
      limit: 44.8613,
      band: { high: 44.8613, method: "t", runs: 20 },
      reasons: [reason("outside-band", "latency_p95 is 47.31.", "Find out what changed, or add a waiver.")],
    }),
    gate({
      metric: "f1",
      rule: "equivalence",
      outcome: "fail",
      verdict: "fail",
      baseline: 0.7,
      candidate: 0.7301,
      change: 0.0301,
      ...absolute,
      interval: interval(0.0201, 0.0401),
      margin: 0.01,
      reasons: [reason("changed", "f1 changed.", "Find out what moved the metric, or add a waiver.")],
    }),
    gate({
      metric: "precision",
      verdict: "warn",
      baseline: 0.81,
      candidate: 0.798,
      change: -0.012,
      ...absolute,
      interval: interval(-0.019, -0.006),
      margin: 0.02,
      warnMargin: 0.005,
      reasons: [
        reason("within-margin", "precision fell by 0.012, within the margin.", "Nothing to do."),
        reason("beyond-warn-margin", "precision fell by more than the warn-margin.", "Watch this metric."),
      ],
    }),
    gate({
      metric: "recall",
      rule: "min",
      evidence: "bound",
      outcome: "inconclusive",
      verdict: "warn",
      candidate: 0.661,
      limit: 0.65,
      interval: { ...interval(0.632, 0.689), method: "wilson" },
      n: 24,
      rowsNeeded: 6100,
      reasons: [
        reason(
          "too-uncertain",
          "recall is 0.661 (95% interval 0.632 to 0.689); whether it keeps the limit of at least 0.65 is open. About 6100 rows would settle it.",
          "Measure on about 6100 rows, or accept a wider margin.",
        ),
        reason("low-n", "recall rests on fewer than 30 rows: its interval may be too narrow.", "Measure on more rows."),
      ],
    }),
    gate({
      metric: "roc_auc",
      id: "roc_auc/no-regression@anchor",
      against: "anchor",
      outcome: "fail",
      verdict: "fail",
      baseline: 0.95,
      candidate: 0.9409,
      change: -0.0091,
      ...absolute,
      interval: interval(-0.0131, -0.0051),
      margin: 0.005,
      reasons: [reason("worse-than-margin", "roc_auc fell.", "Push a fix.")],
    }),
    gate({
      metric: "brier",
      rule: "improvement",
      direction: "down",
      outcome: "inconclusive",
      verdict: "warn",
      baseline: 0.1412,
      candidate: 0.1405,
      change: -0.0007,
      ...absolute,
      interval: { ...interval(-0.0021, 0.0007), method: "repeats" },
      margin: 0,
      pSuperior: 0.71,
      rowsNeeded: 52000,
      n: 12000,
      reasons: [
        reason(
          "too-uncertain",
          "brier went from 0.1412 to 0.1405; whether the gain is more than 0 is open. About 52000 rows would settle it.",
          "Measure on about 52000 rows, or accept a wider margin.",
        ),
      ],
    }),
    gate({
      metric: "ece",
      direction: "down",
      severity: "info",
      outcome: "fail",
      baseline: 0.02,
      candidate: 0.03,
      change: 0.01,
      ...absolute,
      margin: 0.005,
      reasons: [
        reason("worse-than-margin", "ece rose.", "Push a fix."),
        reason("no-uncertainty", "No uncertainty is given for ece.", "Give predictions, repeats, or a standard error."),
      ],
    }),
    gate({ metric: "rank_stability", rule: "near", direction: "near", candidate: 0.5, limit: 0.05 }),
    gate({
      metric: "precision",
      rule: "history",
      candidate: 0.798,
      limit: 0.7712,
      band: { low: 0.7712, method: "t", runs: 12 },
    }),
  ];
  const verdict = verdictOf("fraud-scorer", gates, {
    anchor: { evaluation: digestOfDigit("9"), sha: baseSha, from: "tag:v2.0", ageDays: 49 },
    notes: [
      { code: "training-noise", text: "Training noise was not measured: a side has one training run." },
      { code: "slices-not-judged", text: "Groups of selection_rate by gender that were not judged: X (7 rows)." },
    ],
  });
  return viewOf([{ model: "fraud-scorer", verdict }]);
}

/** One view of each state, and several models at once. */
export const views: Record<string, ReportView> = {
  crashed: crashedView(),
  stale: staleView(),
  fail: failView(),
  inconclusive: inconclusiveView(),
  warn: warnView(),
  "first-run": firstRunView(),
  pass: passView(),
  "not-judged": notJudgedView(),
  "nothing-changed": nothingChangedView(),
  several: severalView(),
  rules: rulesView(),
  "no-policy": noPolicyView(),
};
