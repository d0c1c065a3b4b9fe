import type { Column, RowTable } from "@metricgate/core/tables/row-table";
import { textCells } from "@metricgate/core/tables/text-cells";
import { codePointOrder } from "@metricgate/core/text/code-point-order";
import { plainValue } from "../../tree/plain-value.ts";
import type { Tree } from "../../tree/tree.ts";
import { readJsonFile } from "../json-file.ts";
import type { FoundFile, MetricFormat } from "../metric-format.ts";
import { measured } from "../number-text.ts";
import type { Refuse } from "../refuse.ts";
import { hasKeys, itemsOf, membersOf, numberAt, textAt, valueAt } from "../tree-access.ts";

const row = (testIdx: number, success: boolean, score: number): object => ({
  testIdx,
  promptIdx: 0,
  success,
  score,
  failureReason: success ? 0 : 1,
  namedScores: { tone: score },
});
const example = {
  evalId: "eval-1",
  results: {
    version: 3,
    prompts: [
      {
        label: "p",
        provider: "echo",
        metrics: {
          score: 1.5,
          testPassCount: 1,
          testFailCount: 1,
          testErrorCount: 0,
          namedScores: { tone: 1.5 },
          namedScoresCount: { tone: 2 },
          totalLatencyMs: 300,
          cost: 0.002,
        },
      },
    ],
    results: [row(1, false, 0.5), row(0, true, 1)],
    stats: { successes: 1, failures: 1, errors: 0 },
  },
};

/** `promptfoo eval -o results.json`. */
export const promptfooFormat: MetricFormat = {
  name: "promptfoo",
  proof: "shape",
  title: "promptfoo results JSON",
  usual: ["**/*promptfoo*.json", "**/results.json"],
  example: { path: "out/promptfoo.json", text: `${JSON.stringify(example)}\n` },
  takes:
    "Rows that pair by test (the tests are told apart by their `vars`): `value:pass` and `value:score`, so `mean(pass)` and `mean(score)` get intervals. Of each prompt (a slice `prompt` where there are several) `pass_rate`, the named scores divided by their weights, `latency_ms` and `cost` per test, and `errors`. A test that ended in an error is one that did not pass.",
  detect: ({ json }) => {
    const results = valueAt(json, "results");
    return hasKeys(results, "version", "prompts") || hasKeys(results, "version", "results") ? "sure" : undefined;
  },
  read: async (file) => {
    const { root, refuse, name } = await readJsonFile(file);
    const results = valueAt(root, "results");
    const list = valueAt(results, "results");
    if (list?.kind !== "list" || list.items.length === 0)
      return refuse.shape(`${name} holds no results.`, "Write it with promptfoo eval -o results.json.", root.at);
    const found: FoundFile = { metrics: [], ignored: [], notes: [] };
    const prompts = itemsOf(valueAt(results, "prompts"));
    for (const [index, prompt] of prompts.entries()) {
      const place = prompts.length === 1 ? {} : { slice: { prompt: promptName(prompt, index) } };
      promptMetrics(prompt, place, found);
    }
    const errors = list.items.filter((item) => numberAt(item, "failureReason") === 2).length;
    if (errors > 0) {
      const text = `${errors} of ${list.items.length} tests in ${name} ended in an error; they count as not passed.`;
      found.notes?.push({ code: "tests-errored", text });
    }
    const rows = rowsOf(list.items, prompts.map(promptName), refuse);
    const asked = questionsOf(list.items);
    return {
      ...found,
      ...(asked === undefined ? {} : { evalSet: { text: asked } }),
      rows: {
        rows,
        task: {
          task: "text",
          values: ["pass", "score"],
          compute: ["mean(pass)", "mean(score)"],
          slices: prompts.length > 1 ? ["prompt"] : [],
        },
      },
    };
  },
};

function promptName(prompt: Tree, index: number): string {
  const parts = [String(index), textAt(prompt, "provider"), textAt(prompt, "label")];
  return parts
    .filter((part) => part !== undefined)
    .join(" ")
    .slice(0, 200);
}

function promptMetrics(prompt: Tree, place: { slice?: { prompt: string } }, found: FoundFile): void {
  const metrics = valueAt(prompt, "metrics");
  const at = prompt.at;
  const [passed, failed, errors] = ["testPassCount", "testFailCount", "testErrorCount"].map(
    (key) => numberAt(metrics, key) ?? 0,
  );
  const n = (passed ?? 0) + (failed ?? 0) + (errors ?? 0);
  if (n === 0) return;
  found.metrics.push({ at, metric: { name: "pass_rate", ...place, value: (passed ?? 0) / n, direction: "up", n } });
  found.metrics.push({ at, metric: { name: "errors", ...place, value: errors ?? 0, direction: "down", n } });
  const latency = numberAt(metrics, "totalLatencyMs");
  if (latency !== undefined)
    found.metrics.push({
      at,
      metric: { name: "latency_ms", ...place, ...measured(latency / n), unit: "ms", direction: "down", n },
    });
  const cost = numberAt(metrics, "cost");
  if (cost !== undefined)
    found.metrics.push({
      at,
      metric: { name: "cost", ...place, ...measured(cost / n), unit: "USD", direction: "down", n },
    });
  const named = valueAt(metrics, "namedScores");
  for (const { key, keyAt, value } of membersOf(named)) {
    const weight =
      numberAt(valueAt(metrics, "namedScoreWeights"), key) ?? numberAt(valueAt(metrics, "namedScoresCount"), key);
    if (value.kind !== "number") found.ignored.push({ name: key, is: "no number" });
    else if (weight === undefined || weight === 0)
      found.metrics.push({ at: keyAt, metric: { name: key, ...place, undefined: "no-weight" } });
    else
      found.metrics.push({
        at: keyAt,
        metric: { name: key, ...place, ...measured(value.value / weight), direction: "up" },
      });
  }
}

function rowsOf(items: readonly Tree[], prompts: readonly string[], refuse: Refuse): RowTable {
  const seen = new Set<string>();
  const rows = items.map((item) => {
    const test = numberAt(item, "testIdx");
    const prompt = numberAt(item, "promptIdx") ?? 0;
    const success = valueAt(item, "success");
    const score = numberAt(item, "score");
    if (test === undefined || success?.kind !== "boolean" || score === undefined || !Number.isFinite(score))
      return refuse.shape(
        "A result has no testIdx, success or score.",
        "Write it with promptfoo eval -o results.json.",
        item.at,
      );
    const id = `${test}/${prompt}`;
    if (seen.has(id))
      refuse.name(
        "duplicate-id",
        `The test ${test} of prompt ${prompt} stands twice.`,
        "Write one evaluation a file; repeats (--repeat) are not read.",
        item.at,
      );
    seen.add(id);
    return { id, prompt: prompts[prompt] ?? String(prompt), pass: success.value ? 1 : 0, score };
  });
  rows.sort((a, b) => codePointOrder(a.id, b.id));
  const numbers = (pick: (one: (typeof rows)[number]) => number): Column => ({
    type: "number",
    values: Float64Array.from(rows, pick),
  });
  const names = [...new Set(rows.map(({ prompt }) => prompt))].sort(codePointOrder);
  const columns = new Map<string, Column>([
    ["value:pass", numbers(({ pass }) => pass)],
    ["value:score", numbers(({ score }) => score)],
  ]);
  if (names.length > 1)
    columns.set("slice:prompt", {
      type: "category",
      names,
      codes: Int32Array.from(rows, ({ prompt }) => names.indexOf(prompt)),
    });
  return { count: rows.length, ids: textCells(rows.map(({ id }) => id)), columns };
}

/** The variables of every test by its number, so that another test set is told from this one; undefined where a row has none. */
function questionsOf(items: readonly Tree[]): string | undefined {
  const byTest = new Map<number, string>();
  for (const item of items) {
    const test = numberAt(item, "testIdx");
    const vars = valueAt(item, "vars") ?? valueAt(valueAt(item, "testCase"), "vars");
    if (test === undefined || vars === undefined) return undefined;
    byTest.set(test, JSON.stringify(plainValue(vars)));
  }
  return JSON.stringify([...byTest].sort(([a], [b]) => a - b));
}
