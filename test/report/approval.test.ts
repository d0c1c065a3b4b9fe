import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ApprovalView } from "../../packages/report/src/approval/approval-view.ts";
import { renderApproval } from "../../packages/report/src/approval/render-approval.ts";
import { utf8Bytes } from "../../packages/report/src/escape/size.ts";
import { cmark, hasCmark, livePieces, liveText, skeleton } from "./cmark.ts";
import { latency, quality } from "./fraud-gates.ts";
import { hostileStrings } from "./hostile-strings.ts";
import { baseSha, digestOfDigit, evaluationOf, gate, headSha, interval, links, verdictOf } from "./made.ts";

const name = "fraud-scorer";
const live = { evaluation: digestOfDigit("b"), sha: baseSha, from: "deployed:production", ageDays: 49 };
const calibration = gate({
  metric: "ece",
  direction: "down",
  baseline: 0.021,
  candidate: 0.027,
  change: 0.006,
  scale: "absolute",
  interval: interval(0.004, 0.008),
  margin: 0.005,
  outcome: "fail",
  verdict: "warn",
  reasons: [{ code: "waived", text: "waived", next: "" }],
  waiver: { gate: "ece", reason: "Recalibrated downstream, RISK-412", by: "asha", until: "2026-12-15" },
});
const channel = gate({
  metric: "pr_auc",
  slice: { channel: "web" },
  baseline: 0.61,
  candidate: 0.606,
  change: -0.004,
  scale: "absolute",
  interval: interval(-0.02, 0.012),
  margin: 0.05,
});
const country = gate({
  ...channel,
  id: "pr_auc/no-regression[country=BR]",
  slice: { country: "BR" },
  candidate: 0.52,
  change: -0.09,
  interval: interval(-0.14, -0.04),
  outcome: "fail",
  verdict: "fail",
  reasons: [{ code: "worse-than-margin", text: "worse", next: "" }],
});
const code = {
  commits: [
    { sha: headSha, title: "quantise embedding table (#482)" },
    { sha: baseSha, title: "new feature device_age (#479)" },
  ],
  total: 12,
  files: ["features/device_age.py", "requirements.txt", "data/fraud.dvc", ".github/metricgate.yml", "model.py"],
  complete: true,
};
const pins = [
  { name: "lightgbm", before: "4.5.0", after: "4.6.0" },
  { name: "numpy", after: "2.1.0" },
  { name: "six", before: "1.16.0" },
];

function approval(gates: ReturnType<typeof gate>[], part: Partial<ApprovalView> = {}): ApprovalView {
  return {
    environment: "production",
    model: {
      model: name,
      verdict: verdictOf(name, gates, { baseline: live }),
      candidate: evaluationOf(name, { train: digestOfDigit("1") }),
      baseline: evaluationOf(name, {
        model: { name, digest: digestOfDigit("4") },
        evalSet: { id: "fraud-eval@v12", digest: digestOfDigit("e"), rows: 48210 },
        train: digestOfDigit("2"),
      }),
    },
    live: { known: "compared", side: "baseline", sha: baseSha, digest: digestOfDigit("4") },
    code,
    pins,
    links,
    ...part,
  };
}

const views: Record<string, ApprovalView> = {
  "approval-yes": approval([quality, latency, channel]),
  "approval-waived": approval([quality, calibration, latency, channel]),
  "approval-no": approval([
    gate({
      ...quality,
      candidate: 0.59,
      change: -0.0224,
      interval: interval(-0.03, -0.015),
      outcome: "fail",
      verdict: "fail",
      reasons: [{ code: "worse-than-margin", text: "worse", next: "" }],
    }),
    country,
  ]),
  "approval-first": {
    environment: "production",
    model: {
      model: name,
      verdict: verdictOf(name, [gate({ metric: "pr_auc", rule: "min", candidate: 0.62, limit: 0.6 })]),
    },
    live: { known: "none" },
    links: {},
  },
  "approval-elsewhere": approval([quality], {
    live: { known: "not-compared", sha: baseSha, digest: digestOfDigit("4") },
    model: { model: name, verdict: verdictOf(name, [quality]) },
  }),
};

describe.each(Object.keys(views))("%s", (key) => {
  test("is the golden text, byte for byte, and the same twice", () => {
    const view = views[key] ?? approval([]);
    const file = new URL(`./golden/${key}.md`, import.meta.url);
    const text = renderApproval(view);
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, text);
    expect(existsSync(file), `${key}.md is missing: run with UPDATE_GOLDEN=1 and read it`).toBe(true);
    expect(text).toBe(readFileSync(file, "utf8"));
    expect(renderApproval(structuredClone(view))).toBe(text);
  });
});

const titleOf = (key: string) => renderApproval(views[key] ?? approval([])).split("\n")[2];

test("the evidence is as bad as its worst answer", () => {
  expect(titleOf("approval-yes")).toContain("Evidence says yes.");
  expect(titleOf("approval-waived")).toContain("Evidence says yes, with 1 point to accept.");
  expect(titleOf("approval-no")).toContain("Evidence says no");
  expect(titleOf("approval-elsewhere")).toContain("with 1 point to accept");
});

test("a model without a verdict, or whose digest is not known, is not recommended", () => {
  const silent = renderApproval(approval([], { model: { model: name } }));
  expect(silent).toContain("There is no evidence: nothing was judged.");
  const verdict = verdictOf(name, [quality], { baseline: live, candidate: { evaluation: digestOfDigit("a") } });
  const unnamed = renderApproval(approval([], { model: { model: name, verdict } }));
  expect(unnamed).toContain("Evidence says no");
  expect(unnamed).toContain(
    "**If you approve:** **nothing is deployed**: no model digest is known, and `deploy` refuses it.",
  );
});

test("a loss within the margin is told, and is no gain", () => {
  const loss = gate({ ...quality, candidate: 0.6094, change: -0.003, interval: interval(-0.004, -0.002) });
  expect(renderApproval(approval([loss]))).toMatch(/⚠️ \| Is it better.*\*\*No\.\*\* Worse within what is allowed/);
});

test("what an approval leads to follows from the verdict", () => {
  const approved = (gates: ReturnType<typeof gate>[]) =>
    /\*\*If you approve:\*\* (.*)/.exec(renderApproval(approval(gates)))?.[1];
  expect(approved([quality])).toMatch(/^`sha256:[0-9a-f]{12}…` becomes live in `production`\.$/);
  expect(approved([quality, calibration])).toMatch(
    /becomes live in `production` where `deploy` has `accept: warn`; else it refuses/,
  );
  expect(approved([country])).toBe("**nothing is deployed**: the verdict is fail, and `deploy` refuses it.");
});

test("groups that got better, are not decided or are waived are not counted as worse, and the worst is the largest loss", () => {
  const of = (country: string, part: Partial<ReturnType<typeof gate>>) =>
    gate({ ...channel, id: `pr_auc/no-regression[country=${country}]`, slice: { country }, ...part });
  const better = of("CL", {
    change: 0.02,
    candidate: 0.63,
    interval: interval(0.01, 0.03),
    verdict: "warn",
    outcome: "fail",
  });
  const open = of("AR", {
    outcome: "inconclusive",
    verdict: "warn",
    change: -0.06,
    candidate: 0.55,
    interval: interval(-0.2, 0.08),
  });
  const small = of("PE", {
    outcome: "fail",
    verdict: "fail",
    change: -0.07,
    candidate: 0.54,
    interval: interval(-0.09, -0.05),
  });
  const told = (...gates: ReturnType<typeof gate>[]) =>
    /\| (\S+) \| Did any group get worse\? \| (.*) \|/.exec(renderApproval(approval([quality, ...gates])))?.slice(1);
  expect(told(better, open, small, country, channel)).toEqual([
    "❌",
    expect.stringMatching(
      /^\*\*Yes:\*\* 2 of 5 slice results beyond what is allowed, the worst `country=BR`: `pr_auc` −0\.090 .* 1 not decided\. 1 did not get through for another reason\.$/,
    ),
  ]);
  expect(told(open, channel)).toEqual([
    "⚠️",
    expect.stringMatching(/^\*\*Not known:\*\* of 2 slice results none is proven worse/),
  ]);
  const waiver = { gate: "pr_auc", reason: "known", by: "asha", until: "2026-12-15" };
  expect(told({ ...country, verdict: "warn", waiver })?.[1]).toMatch(
    /^\*\*Yes, waived:\*\* 1 of 1 slice result, the worst `country=BR`/,
  );
  expect(told(channel)).toEqual(["✅", "**No.** 1 slice result, all within what is allowed."]);
});

test("results against the second baseline are those against what is live", () => {
  const other = gate({
    ...quality,
    id: "pr_auc/no-regression@anchor",
    against: "anchor",
    candidate: 0.5,
    change: -0.11,
  });
  const view = approval([quality, other], { live: { known: "compared", side: "anchor", sha: baseSha } });
  expect(renderApproval(view)).toMatch(/Is it better than what is live now\? \| .*−0\.110/);
});

/** A view in which every text that a document, a commit or a file name can carry is this one. */
function viewWith(text: string): ApprovalView {
  const reasons = [{ code: text, text, next: text }];
  const waiver = { gate: text, reason: text, by: text, until: text };
  const bad = { ...country, metric: text, id: text, unit: text, slice: { [text]: text }, reasons };
  const gates = [bad, gate({ ...calibration, metric: text, unit: text, reasons, waiver }), { ...latency, id: text }];
  const verdict = verdictOf(text, gates, { baseline: live });
  const candidate = { ...verdict.candidate, evalSet: { id: text, digest: digestOfDigit("e"), rows: 1 } };
  return approval([], {
    environment: text,
    model: {
      model: text,
      verdict: { ...verdict, candidate },
      baseline: evaluationOf(text, { evalSet: { id: `${text}2`, digest: digestOfDigit("d") } }),
    },
    code: { commits: [{ sha: headSha, title: text }], total: 3, files: [`${text}y`, `${text}x.dvc`], complete: false },
    pins: [{ name: text, before: text, after: text }],
    links,
  });
}

const strings = hostileStrings(1200, 20261122);
const codes = new Set(["code", "/code", "strong", "/strong"]);

describe("hostile names, titles and waivers", () => {
  test("GitHub's own parser finds the same tags and nothing live", () => {
    if (!hasCmark()) {
      expect(process.env.METRICGATE_REQUIRE_REAL, "cmark-gfm is required and not installed").not.toBe("1");
      console.warn("not checked: cmark-gfm is not installed");
      return;
    }
    const frame = (html: string) => skeleton(html).filter((tag) => !codes.has(tag));
    const wanted = frame(cmark(renderApproval(viewWith("harmless"))));
    const between = "\n\n<hr class=next>\n\n";
    for (let from = 0; from < strings.length; from += 100) {
      const batch = strings.slice(from, from + 100);
      const pages = cmark(batch.map((text) => renderApproval(viewWith(text))).join(between)).split("<hr class=next>");
      expect(pages.length).toBe(batch.length);
      pages.forEach((page, at) => {
        const text = batch[at] ?? "";
        if (text.trim() !== "") expect(frame(page), JSON.stringify(text)).toEqual(wanted);
        expect(livePieces(liveText(page)), JSON.stringify(text)).toEqual([]);
      });
    }
  }, 120_000);

  test("it stays below 45,000 bytes whatever its texts are", () => {
    const worst = Math.max(
      ...strings.filter((_, at) => at % 8 === 0).map((text) => utf8Bytes(renderApproval(viewWith(text.repeat(50))))),
    );
    expect(worst).toBeLessThan(45_000);
  });
});
