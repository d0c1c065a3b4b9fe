import { expect, it } from "vitest";
import { readPolicy } from "./read-policy.ts";

const model = (keys: string, gate = "{ metric: accuracy }"): string =>
  `version: 1\nmodels:\n  m:\n${keys}    gates:\n      - ${gate}\n`;

it.each([
  [
    model("    predictions: { path: p.csv, positive: 1 }\n"),
    "which is not a text.",
    'Write it in quotes: positive: "1".',
  ],
  [model("    seed: -1\n"), "which is below 0, the least that is allowed.", "Write 0 or more for `seed`."],
  [model("    confidence: 0.5\n"), "which is not above 0.5.", "Correct `confidence` on this line."],
  [
    model("", "{ metric: accuracy, history: { window: 4 } }"),
    "which is below 5, the least that is allowed.",
    "Write 5 or more for `window`.",
  ],
  [
    `${model("")}waivers:\n  - { gate: a, reason: r, by: b, until: soon }\n`,
    "which is not a date such as 2026-12-15.",
    "Write `until` as in until: 2026-12-15.",
  ],
])("a value that is refused is told in words, with what to write (%#)", (text, words, next) => {
  const { problems } = readPolicy(text, "p.yml");
  expect(problems.map((problem) => problem.next)).toEqual([next]);
  expect(problems[0]?.text).toContain(words);
});
