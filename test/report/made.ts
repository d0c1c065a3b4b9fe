import type { Digest } from "@metricgate/core/documents/digest";
import type { Evaluation } from "@metricgate/core/documents/evaluation";
import type { GateResult, Verdict } from "@metricgate/core/documents/verdict";
import type { ModelReport, ReportView } from "../../packages/report/src/view.ts";

/** A digest of one repeated digit. */
export function digestOfDigit(digit: string): Digest {
  return `sha256:${digit.repeat(64)}` as Digest;
}

export const headSha = "9f3c2ab04d5e6f708192a3b4c5d6e7f809182736";
export const baseSha = "4be1f07a1b2c3d4e5f60718293a4b5c6d7e8f901";

/** A gate that passed with no real change, unless told otherwise. */
export function gate(part: Partial<GateResult> & { metric: string }): GateResult {
  const rule = part.rule ?? "no-regression";
  const slice =
    part.slice === undefined
      ? ""
      : `[${Object.entries(part.slice)
          .map(([k, v]) => `${k}=${v}`)
          .join(",")}]`;
  return {
    id: `${part.metric}/${rule}${slice}`,
    gate: part.metric,
    rule,
    outcome: "pass",
    verdict: "pass",
    severity: "error",
    reasons: [],
    direction: "up",
    ...part,
  };
}

/** An interval as the pairs of rows give it. */
export function interval(low: number, high: number): { low: number; high: number; level: number; method: string } {
  return { low, high, level: 0.95, method: "paired-influence" };
}

/** A verdict whose counts and worst follow from its gates. */
export function verdictOf(model: string, gates: GateResult[], part: Partial<Verdict> = {}): Verdict {
  const found = (outcome: GateResult["outcome"]): number => gates.filter((g) => g.outcome === outcome).length;
  const worst = gates.some((g) => g.verdict === "fail")
    ? "fail"
    : gates.some((g) => g.verdict === "warn")
      ? "warn"
      : "pass";
  return {
    kind: "metricgate/verdict@1",
    model,
    ...(gates.length === 0 ? {} : { verdict: worst }),
    candidate: {
      evaluation: digestOfDigit("a"),
      model: digestOfDigit("5"),
      sha: headSha,
      committedAt: "2026-11-20T15:02:00Z",
      evalSet: { id: "fraud-eval@v12", digest: digestOfDigit("e"), rows: 48210 },
    },
    selection: digestOfDigit("c"),
    ...(part.baselineMissing === undefined
      ? { baseline: { evaluation: digestOfDigit("b"), sha: baseSha, from: "base", behind: 0, ageDays: 2 } }
      : {}),
    policy: {
      path: ".github/metricgate.yml",
      ref: baseSha,
      digest: digestOfDigit("d"),
      changedHere: false,
      advisory: false,
    },
    gates,
    ungated: [],
    counts: {
      pass: found("pass"),
      fail: found("fail"),
      inconclusive: found("inconclusive"),
      incomparable: 0,
      missing: found("missing"),
      skipped: found("skipped"),
      waived: gates.filter((g) => g.waiver !== undefined).length,
    },
    ...part,
  };
}

/** The baseline's evaluation, as far as a report looks at it. */
export function evaluationOf(model: string, part: Partial<Evaluation> = {}): Evaluation {
  return {
    kind: "metricgate/evaluation@1",
    model: { name: model },
    source: { sha: baseSha },
    evalSet: { id: "fraud-eval@v12", digest: digestOfDigit("e"), rows: 48210 },
    metrics: [],
    ...part,
  };
}

/** The links of a run. */
export const links = {
  repository: "https://github.com/octo/ml",
  run: "https://github.com/octo/ml/actions/runs/18901",
  report: "https://github.com/octo/ml/actions/runs/18901/artifacts/77",
};

/** A view of these models, with the links of a run. */
export function viewOf(models: ModelReport[], part: Partial<ReportView> = {}): ReportView {
  return {
    models,
    head: headSha,
    baseBranch: "main",
    links,
    ...part,
  };
}

/** The first line of a comment. */
export const marker = `<!-- metricgate:v1 key=${"0123456789abcdef".repeat(4)} -->`;
