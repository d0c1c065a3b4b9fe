import { describe, expect, test } from "vitest";
import { nextSteps } from "../../packages/report/src/content/next-steps.ts";
import { plainSentence } from "../../packages/report/src/content/plain-sentence.ts";
import { modelSentence } from "../../packages/report/src/content/sentence.ts";
import { reportTitle } from "../../packages/report/src/content/title.ts";
import { stateOf } from "../../packages/report/src/state.ts";
import { renderText } from "../../packages/report/src/text.ts";
import { views } from "./views.ts";

const csi = "\u001b";
const colours = new RegExp(`${csi}\\[(?:31|32|33|36|0)m`, "g");

describe.each(Object.entries(views))("%s in a terminal", (_, view) => {
  const piped = renderText(view, { colour: false });
  const shown = renderText(view, { colour: true });

  test("colour adds colour only, and a pipe gets none", () => {
    expect(shown.replace(colours, "")).toBe(piped);
    expect(shown).toMatch(colours);
    expect(piped).not.toMatch(/[^\P{Cc}\n]/u);
  });

  test("every colour ends on its own line", () => {
    for (const line of shown.split("\n")) {
      const codes = [...line.matchAll(colours)].map(([code]) => code);
      expect(codes.filter((_code, i) => i % 2 === 1).every((code) => code === "\u001b[0m")).toBe(true);
      expect(codes.length % 2).toBe(0);
    }
  });

  test("it tells the story of the comment: the title, the sentence and every step of each model", () => {
    expect(piped.split("\n")[0]).toContain(plainSentence(reportTitle(view, stateOf(view)).text));
    for (const model of view.models) {
      expect(piped).toContain(plainSentence(modelSentence(model, view)));
      for (const step of nextSteps(model, view)) expect(piped).toContain(plainSentence(step));
    }
  });
});

test("a crash has the colour of neither a failure nor a pass", () => {
  const view = views.crashed ?? { models: [], links: {} };
  expect(renderText(view, { colour: true })).not.toMatch(new RegExp(`${csi}\\[3[12]m`));
});
