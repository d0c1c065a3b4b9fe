import { describe, expect, test } from "vitest";
import { renderComment } from "../../packages/report/src/comment.ts";
import { nextSteps } from "../../packages/report/src/content/next-steps.ts";
import { plainSentence } from "../../packages/report/src/content/plain-sentence.ts";
import { renderText } from "../../packages/report/src/text.ts";
import type { ModelReport, ReportView } from "../../packages/report/src/view.ts";
import { baseSha, digestOfDigit, evaluationOf, gate, interval, marker, verdictOf, viewOf } from "./made.ts";

const lost = gate({
  metric: "f1",
  outcome: "fail",
  verdict: "fail",
  baseline: 0.91,
  candidate: 0.85,
  change: -0.06,
  scale: "absolute",
  margin: 0.01,
  reasons: [
    { code: "worse-than-margin", text: "f1 fell.", next: "Push a fix." },
    {
      code: "no-uncertainty",
      text: "Bare values.",
      next: "Give predictions, repeats, or a standard error beside the value.",
    },
  ],
});
const waiver = { gate: "log_loss", reason: "Recalibrated, RISK-412", by: "asha", until: "2026-12-15" };
const waived = gate({
  metric: "log_loss",
  direction: "down",
  outcome: "fail",
  verdict: "warn",
  baseline: 0.2,
  candidate: 0.3,
  change: 0.1,
  scale: "absolute",
  margin: 0.01,
  reasons: [{ code: "waived", text: "Waived.", next: "Mend it before the waiver ends." }],
  waiver,
});
const missing = gate({
  metric: "recall",
  outcome: "missing",
  verdict: "fail",
  reasons: [{ code: "metric-missing", text: "recall is missing.", next: "Write recall into the metrics file." }],
});
const steps = (model: ModelReport, view: ReportView = viewOf([model])) => nextSteps(model, view).map(plainSentence);
const of = (...gates: ReturnType<typeof gate>[]): ModelReport => ({ model: "m", verdict: verdictOf("m", gates) });

describe("what to do next", () => {
  test("begins with what failed; advice on certainty and waivers come after it", () => {
    const told = steps(of(waived, missing, lost));
    expect(told[0]).toBe("Mend f1 and push: it is judged again.");
    expect(told[1]).toBe("recall: Write recall into the metrics file.");
    expect(told.slice(2, 4).join(" ")).toMatch(/standard error.*Mend it before the waiver ends/);
  });

  test("reproduces with a local command on a laptop, and with the named artifact on GitHub", () => {
    const model = { ...of(lost), candidate: evaluationOf("m", { run: { id: 7, attempt: 2 } }) };
    const local = steps(model, { models: [model], links: {}, reproduce: "metricgate compare a.json b.json" });
    expect(local).toContain("To reproduce: run metricgate compare a.json b.json");
    expect(local.join()).not.toContain("download");
    const links = { run: "https://github.com/octo/ml/actions/runs/7" };
    expect(steps(model, { models: [model], links }).join("\n")).toMatch(
      /download the artifact metricgate-verdict\.m\.2 of this run's documents .* into a folder DIR and run npx metricgate gate --from DIR/,
    );
  });

  test("of a crash without a log points at no log", () => {
    const model = {
      model: "m",
      crashed: { step: "evaluate", text: "metricgate.yml:4: metrc is no key. Write metric." },
    };
    expect(steps(model, { models: [model], links: {} })[0]).toBe("Mend what is named above.");
  });

  test("stands above the lines for the policy that it speaks of", () => {
    const verdict = verdictOf("m", [], {
      ungated: [{ metric: "auc", why: "no-gate", candidate: 0.9, direction: "up" }],
    });
    const text = renderText(viewOf([{ model: "m", verdict }]), { colour: false });
    expect(text.indexOf("Add the lines below")).toBeGreaterThan(0);
    expect(text.indexOf("Add the lines below")).toBeLessThan(text.indexOf("max-drop: 0.01 }"));
  });
});

test("the text names who waived what, until when and why, whichever result comes first", () => {
  const text = renderText(viewOf([of(waived, lost)]), { colour: false });
  expect(text).toContain("Waived: log_loss/no-regression until 2026-12-15, by asha: Recalibrated, RISK-412");
});

test("one metric has the same decimals in every line of a table", () => {
  const slice = (country: string, change: number) =>
    gate({
      ...lost,
      id: `f1/no-regression[country=${country}]`,
      slice: { country },
      baseline: 0.9,
      candidate: 0.9 + change,
      change,
      interval: interval(change - 0.02, change + 0.00451),
      margin: 0.05,
    });
  const comment = renderComment(viewOf([of(slice("BR", -0.0502), slice("AR", -0.3), slice("CL", -0.12))]), { marker });
  const rows = comment.split("\n").filter((line) => /^\| ❌/.test(line));
  expect(rows).toHaveLength(3);
  const digits = new Set(
    rows.flatMap((row) => [...row.matchAll(/[−+](?:\d+)\.(\d+)/g)].map(([, part]) => part?.length)),
  );
  expect([...digits]).toHaveLength(1);
});

test("the worst slice names its metric where the sentence before is about another", () => {
  const bad = gate({ ...lost, id: "f1/no-regression[country=BR]", slice: { country: "BR" } });
  const headline = { metric: "recall", say: "{more|fewer} frauds caught", baseline: 0.5, candidate: 0.5, n: 100 };
  const verdict = verdictOf("m", [lost, bad], { headline });
  expect(renderText(viewOf([{ model: "m", verdict }]), { colour: false })).toContain("Worst in country=BR: f1 −0.060");
});

test("an old baseline says how many days are allowed, and a place is not named twice", () => {
  const baseline = {
    evaluation: digestOfDigit("b"),
    sha: baseSha,
    from: "ancestor",
    behind: 3,
    ageDays: 21,
    stale: true,
    maxAgeDays: 14,
  };
  const verdict = verdictOf("m", [waived], { baseline });
  const text = renderText({ models: [{ model: "m", verdict }], links: {} }, { colour: false });
  expect(text).toContain("The baseline is 21 days old, which is older than the policy allows (14 days).");
  expect(text.match(/ancestor/g)).toHaveLength(1);
});
