import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { checkCommand } from "./check.ts";
import { compareCommand } from "./compare.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "range-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function terminal(warnings: string[] = [], out: string[] = []) {
  const messages = { info: () => undefined, warn: (text: string) => void warnings.push(text) };
  return { out: (text: string) => void out.push(text), environment: {}, folder, colour: false, messages };
}

it("check warns of margins and limits that can never be broken or kept, with their line, and passes", async () => {
  const gates = [
    "{ metric: accuracy, max-drop: 1, min: 90 }",
    "{ metric: recall, max-drop: 150%, slices: { by: [country], max-drop: 2 } }",
    "{ metric: f1, max-drop: 0.01, min: 0.5 }",
    "{ metric: mae, max-rise: 150%, max: 300 }",
  ];
  await writeFile(
    join(folder, "policy.yml"),
    `version: 1\nmodels:\n  m:\n    gates:\n${gates.map((gate) => `      - ${gate}\n`).join("")}`,
  );
  const warnings: string[] = [];
  expect(await checkCommand.run(["policy.yml"], terminal(warnings))).toBe(0);
  expect(warnings).toEqual([
    expect.stringMatching(
      /^policy\.yml:5: m: A margin of 1 is never exceeded by accuracy, .* Write max-drop in the unit/,
    ),
    expect.stringMatching(/^policy\.yml:5: m: No value of accuracy keeps min: 90/),
    expect.stringMatching(/^policy\.yml:6: m: A margin of 150% is never exceeded by recall/),
    expect.stringMatching(/^policy\.yml:6: m: A margin of 2 is never exceeded by recall/),
  ]);
});

it("a max-drop that nothing can exceed is noted in the verdict", async () => {
  await writeFile(join(folder, "a.json"), '{"accuracy": 0.9, "f1": 0.8}');
  const out: string[] = [];
  const words = ["a.json", "a.json", "--max-drop", "500%", "--json"];
  expect(await compareCommand.run(words, terminal([], out))).toBe(0);
  const text = "A margin of 500% is never exceeded by accuracy, f1, since nothing can lose more than all of it.";
  expect(JSON.parse(out.join("")).notes).toContainEqual({ code: "beyond-range", text });
});
