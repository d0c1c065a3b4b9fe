import { expect, test } from "vitest";
import { missingBaseline } from "./first-run.ts";

const nobody = { basePolicy: [], present: [] };
const tried = [{ from: "store", found: "x" }];

test.each([
  ["a new model of a base that knows none", "none", [], nobody, "first-run", /new/],
  ["a model that the records know", "none", ["m"], nobody, "baseline-missing", /records know m/],
  [
    "a model that the base's policy knows",
    "none",
    [],
    { basePolicy: ["m"], present: [] },
    "baseline-missing",
    /policy knows m/,
  ],
  ["a new name while a known model is left out", "none", ["old"], nobody, "left-out", /old.*no longer/],
  ["an expired record", "expired", [], nobody, "baseline-expired", /expired/],
  ["a store that does not answer", "unavailable", ["m"], nobody, "store-unavailable", /not be reached/],
  ["no base, with records of the model", "no-base", ["m"], nobody, "base-not-given", /No base is known here/],
  ["no base and no record", "no-base", [], nobody, "first-run", /no baseline of m is recorded.*--base BRANCH/],
] as const)("%s", (_, why, known, models, code, text) => {
  const found = missingBaseline("m", { found: false, why, tried, known: [...known] }, models);
  expect(found).toMatchObject({ code, text: expect.stringMatching(text), tried });
});
