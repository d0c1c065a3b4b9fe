import type { MetricHistory } from "@metricgate/core/baselines/metric-history";
import { expect, test } from "vitest";
import { historyCsv } from "./history-csv.ts";
import { historyText } from "./history-text.ts";

const history: MetricHistory = {
  model: "fraud-scorer",
  metric: "recall@fpr=0.01",
  direction: "up",
  points: [
    { sha: "a".repeat(40), committedAt: "2026-11-01T09:00:00Z", value: 0.7 },
    { sha: "b".repeat(40), committedAt: "2026-11-02T09:00:00Z", without: "no-positives" },
    {
      sha: "c".repeat(40),
      committedAt: "2026-11-03T09:00:00Z",
      value: 0.6,
      waived: true,
      interval: { low: 0.5, high: 0.7, level: 0.95 },
    },
    { sha: "d".repeat(40), value: 0.75, policyChanged: true, evalSetChanged: true },
  ],
};

test("a terminal shows commit, date, value, change, a bar and what was special", () => {
  expect(historyText(history)).toBe(`fraud-scorer: recall@fpr=0.01, ↑ higher is better; 4 accepted runs
▆▁█

commit   date        value  change
aaaaaaa  2026-11-01  0.700          ##############
bbbbbbb  2026-11-02                                       no-positives
ccccccc  2026-11-03  0.600  −0.100  #                     waiver in force
ddddddd              0.750  +0.150  ####################  policy changed, other eval set
`);
});

test.each([
  [true, "waiver used"],
  [false, "waiver in force, not needed"],
])("a waiver whose use is known (%s) is told so", (waiverUsed, words) => {
  const point = { sha: "c".repeat(40), value: 0.6, waived: true as const, waiverUsed };
  expect(historyText({ ...history, points: [point] })).toMatch(new RegExp(`  ${words}\n$`));
  const cell = words.includes(",") ? `"${words}"` : words;
  expect(historyCsv({ ...history, points: [point] })).toBe(
    `commit,date,value,low,high,remarks\n${point.sha},,0.6,,,${cell}\n`,
  );
});

test("one run, runs of the same value and runs without any value have a table too", () => {
  const point = { sha: "a".repeat(40), value: 0.5 };
  expect(historyText({ ...history, points: [point] })).toContain("aaaaaaa  0.500  ##########");
  expect(historyText({ ...history, points: [point, point] })).toMatch(/0\.500\s+±0\.000/);
  expect(historyText({ ...history, points: [{ sha: "a".repeat(40), without: "unreadable" }] })).toContain("unreadable");
});

test("CSV has a header, full numbers, and no cell that a spreadsheet runs", () => {
  const lines = historyCsv({
    ...history,
    points: [...history.points, { sha: "e".repeat(40), value: -0.125, without: '=cmd|"x",1' }],
  }).split("\n");
  expect(lines[0]).toBe("commit,date,value,low,high,remarks");
  expect(lines[3]).toBe(`${"c".repeat(40)},2026-11-03T09:00:00Z,0.6,0.5,0.7,waiver in force`);
  expect(lines[5]).toBe(`${"e".repeat(40)},,-0.125,,,"'=cmd|""x"",1"`);
});

test("a terminal gets no control character from a document", () => {
  const text = historyText({
    ...history,
    metric: "\u001b[31mred\n\u202e",
    points: [{ sha: "\u0007", committedAt: "\u001b", without: "\u001b]" }],
  });
  expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
});
