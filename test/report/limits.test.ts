import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { renderCheck } from "../../packages/report/src/check.ts";
import { renderComment } from "../../packages/report/src/comment.ts";
import { utf8Bytes } from "../../packages/report/src/escape/size.ts";
import { decimalsFor } from "../../packages/report/src/format/decimals.ts";
import { renderHtml } from "../../packages/report/src/html.ts";
import { renderSummary } from "../../packages/report/src/summary.ts";
import { gate, marker, verdictOf, viewOf } from "./made.ts";
import { manyMetrics } from "./many-metrics.ts";
import { failView } from "./views.ts";

function manyGates(size: number, name: string): ReturnType<typeof viewOf> {
  const gates = Array.from({ length: size }, (_, i) => {
    const fails = i % 7 === 3;
    const reasons = fails ? [{ code: "worse-than-margin", text: `${name} fell`, next: "Push a fix." }] : [];
    const found = fails
      ? ({ outcome: "fail", verdict: "fail", change: -0.1 - i * 1e-6 } as const)
      : ({ change: 0 } as const);
    return gate({
      metric: name,
      id: `g${i}`,
      slice: { k: `${name}${i}` },
      baseline: 0.7,
      candidate: 0.6,
      scale: "absolute",
      margin: 0.05,
      reasons,
      ...found,
    });
  });
  const ungated = Array.from(
    { length: Math.min(size, 3000) },
    (_, i) => ({ metric: `${name}${i}`, why: "no-gate", candidate: i }) as const,
  );
  return viewOf([{ model: "m", verdict: verdictOf("m", gates, { ungated }) }], {
    advice: Array.from({ length: 100 }, () => name.repeat(20)),
  });
}

test.each([1, 9, 300, 5000, 100_000])(
  "%i gates with long names fit a comment, a check and a summary, and what is left out is counted",
  (size) => {
    for (const name of size === 100_000 ? ["💥`|".repeat(45)] : ["x", "漢".repeat(190), "💥`|".repeat(45)]) {
      const view = manyGates(size, name);
      const comment = renderComment(view, { marker });
      expect(comment.length).toBeLessThanOrEqual(60_000);
      expect(utf8Bytes(comment)).toBeLessThanOrEqual(65_000);
      expect(new TextEncoder().encode(comment).length).toBe(utf8Bytes(comment));
      expect(comment.startsWith(`${marker}\n### `)).toBe(true);
      expect(comment.isWellFormed()).toBe(true);
      expect(renderCheck(view).summary.length).toBeLessThan(65_535);
      const summary = renderSummary(view);
      expect(utf8Bytes(summary)).toBeLessThanOrEqual(2 ** 20);
      if (size > 300) for (const body of [comment, summary]) expect(body).toMatch(/\d rows not shown/);
    }
  },
  120_000,
);

test("many models fit as well, the failed ones first", () => {
  const one = failView().models[0];
  if (one?.verdict === undefined) throw new Error("the failing view has a verdict");
  const { verdict } = one;
  const good = verdictOf("m", [gate({ metric: "auc", change: 0 })]);
  const models = Array.from({ length: 300 }, (_, i) => ({
    ...one,
    model: `m${i}`,
    verdict: i % 2 === 0 ? verdict : good,
  }));
  const comment = renderComment(viewOf(models), { marker });
  expect(comment.length).toBeLessThanOrEqual(60_000);
  expect(comment).toContain("150 of 300 models failed");
  const marks = [...comment.matchAll(/^\| (❌|✅) \| m/gm)].map(([, mark]) => mark);
  expect(marks.length).toBeGreaterThan(0);
  expect(marks.join("")).toMatch(/^❌+✅*$/);
});

test("of 60 failed models every one has its section where there is room, and those left out are counted and named", () => {
  const fails = (reason: string) =>
    viewOf(
      Array.from({ length: 60 }, (_, i) => {
        const model = `m${String(i).padStart(2, "0")}`;
        const reasons = [{ code: "worse-than-margin", text: reason, next: "Push a fix." }];
        const lost = { outcome: "fail", verdict: "fail", baseline: 0.9, candidate: 0.8, change: -0.1 } as const;
        const gates = Array.from({ length: reason.length > 9 ? 40 : 1 }, (_, g) =>
          gate({ metric: `auc${g}`, id: `auc${g}/x`, ...lost, margin: 0.01, scale: "absolute", reasons }),
        );
        return { model, verdict: verdictOf(model, gates) };
      }),
      { links: { report: "https://github.com/octo/ml/r" } },
    );
  const sectionsIn = (text: string) => [...text.matchAll(/^(?:#### |<h2 id)/gm)].length;
  const short = fails("short");
  expect(sectionsIn(renderSummary(short))).toBe(60);
  expect(sectionsIn(renderHtml(short))).toBe(60);
  expect(sectionsIn(renderComment(short, { marker }))).toBeGreaterThan(40);
  const large = fails("a long reason, ".repeat(40));
  const comment = renderComment(large, { marker });
  const shown = sectionsIn(comment);
  expect(shown).toBeGreaterThan(10);
  expect(comment.length).toBeGreaterThan(50_000);
  expect(comment).toContain(
    `**${60 - shown} more models without a section here**, ${60 - shown} of them failed: m${shown}`,
  );
  expect(comment).toContain("See [the full report](https://github.com/octo/ml/r).");
  const page = renderHtml(large);
  expect(utf8Bytes(page)).toBeGreaterThan(250_000);
  expect(page).toContain(`${60 - sectionsIn(page)} more models without a section here`);
});

test("no line of the table of gates that passed stands before one that failed", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("pass", "warn", "fail"), { minLength: 1, maxLength: 40 }), (found) => {
      const gates = found.map((verdict, i) =>
        gate({
          metric: `m${i}`,
          verdict,
          outcome: verdict === "pass" ? "pass" : "fail",
          baseline: 1,
          candidate: 0.9,
          change: verdict === "pass" ? 0 : -0.1,
          margin: 0.01,
        }),
      );
      const body = renderSummary(viewOf([{ model: "m", verdict: verdictOf("m", gates) }]));
      const all = body.slice(body.indexOf("<b>All gates</b>"));
      const order = [...all.matchAll(/^\| (❌|⚠️|✅)/gm)].map(([, mark]) => mark);
      expect(order.length).toBe(found.length);
      expect(order.join("")).toMatch(/^(?:❌)*(?:⚠️)*(?:✅)*$/);
    }),
    { numRuns: 50, seed: 1 },
  );
});

test("rounded numbers add up, and a loss beyond the margin is shown beyond it", () => {
  const value = fc.integer({ min: -2_000_000, max: 2_000_000 }).map((n) => n / 1e6);
  fc.assert(
    fc.property(value, value, fc.integer({ min: 1, max: 100_000 }), (baseline, candidate, m) => {
      const [change, margin] = [Math.round((candidate - baseline) * 1e6) / 1e6, m / 1e6];
      const decimals = decimalsFor({
        values: [baseline, candidate],
        change,
        ordered: [[-change, margin]],
        exact: [margin],
      });
      const shown = (x: number): number => Math.round(Number(x.toFixed(decimals)) * 1e9);
      expect(shown(candidate) - shown(baseline)).toBe(shown(change));
      expect(Math.sign(shown(-change) - shown(margin))).toBe(Math.sign(Math.round((-change - margin) * 1e6)));
    }),
    { numRuns: 500, seed: 1 },
  );
});

test("an ordinary HTML report is small and loads nothing", () => {
  const html = renderHtml(failView());
  expect(utf8Bytes(html)).toBeLessThan(300_000);
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/\ssrc=|url\(|@import/);
});

test.each([1, 10, 300, 5000])(
  "%i metrics of a run: every output keeps its limits, and what failed stands before what passed",
  (count) => {
    const view = manyMetrics(count);
    const failed = view.models[0]?.verdict?.counts.fail ?? 0;
    const outputs = { comment: renderComment(view, { marker }), summary: renderSummary(view), html: renderHtml(view) };
    expect(outputs.comment.length).toBeLessThanOrEqual(60_000);
    expect(utf8Bytes(outputs.summary)).toBeLessThanOrEqual(2 ** 20);
    expect(utf8Bytes(outputs.html)).toBeLessThanOrEqual(300_000);
    for (const [name, text] of Object.entries(outputs)) {
      const rows =
        name === "html"
          ? text.slice(text.indexOf('id="gates"')).matchAll(/<td class="word">(❌|✅)/g)
          : text.slice(Math.max(0, text.indexOf("<b>All gates</b>"))).matchAll(/^\| (❌|✅)/gm);
      const marks = [...rows].map(([, mark]) => mark).join("");
      expect(marks, name).toMatch(/^❌+✅*$/);
      // A gate that passed is shown only when every one that failed is.
      if (marks.includes("✅")) expect(marks.match(/❌/g)?.length, name).toBe(failed);
    }
    const check = renderCheck(view);
    expect(check.annotations.length).toBe(Math.min(50, failed));
    expect(check.annotations.every(({ level }) => level === "failure")).toBe(true);
  },
);

test("with columns of rows the rest of the HTML report is as it was", () => {
  const view = failView();
  const models = view.models.map((model) => ({ ...model, examples: "columns" as const }));
  const cases = /<section id="cases">.*?<\/section>/s;
  expect(renderHtml({ ...view, models }).replace(cases, "")).toBe(renderHtml(view).replace(cases, ""));
});

/** Renders in a process of its own. */
function measured(count: number) {
  const script = fileURLToPath(new URL("./measure-render.ts", import.meta.url));
  const done = spawnSync(process.execPath, ["--import", "tsx", script, String(count)], { encoding: "utf8" });
  expect(done.stderr).toBe("");
  return JSON.parse(done.stdout) as { cpuMs: number; mib: number; lengths: Record<string, number> };
}

test("100,000 metrics are rendered in 300 MB, within every limit, and in no more time for each than 10,000", () => {
  const [few, many] = [measured(10_000), measured(100_000)];
  console.info(`10,000 metrics: ${few.cpuMs} ms of a processor; 100,000: ${JSON.stringify(many)}`);
  const { mib, lengths } = many;
  expect(lengths.comment).toBeLessThanOrEqual(60_000);
  expect(lengths.summary).toBeLessThanOrEqual(2 ** 20);
  expect(lengths.html).toBeLessThanOrEqual(300_000);
  expect(lengths.annotations).toBe(10);
  expect(mib).toBeLessThanOrEqual(300);
  // A ratio, since the time itself is the machine's.
  expect(many.cpuMs).toBeLessThanOrEqual(12 * few.cpuMs);
}, 240_000);
