import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type ArtifactStage, artifactName, readArtifactName } from "./artifact-name.ts";

const stages: ArtifactStage[] = ["evaluation", "verdict", "model", "baseline"];

describe("an artifact's name", () => {
  test("tells the stage, the model and the attempt", () => {
    expect(artifactName("verdict", "fraud", 2)).toBe("metricgate-verdict.fraud.2");
  });

  test("is read back as it was built, whatever dots the model's name has, and by no other stage", () => {
    const stage = fc.constantFrom(...stages);
    const model = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,63}$/);
    fc.assert(
      fc.property(stage, stage, model, fc.integer({ min: 1, max: 999_999 }), (built, asked, name, attempt) => {
        const read = readArtifactName(asked, artifactName(built, name, attempt));
        expect(read).toEqual(built === asked ? { model: name, attempt } : undefined);
      }),
    );
  });

  it.each([
    ["of a model whose name goes on", "metricgate-verdict.m.2.1", { model: "m.2", attempt: 1 }],
    ["of attempt 0", "metricgate-verdict.m.0", undefined],
    ["of an attempt with a leading zero", "metricgate-verdict.m.01", undefined],
    ["of an attempt of seven digits", "metricgate-verdict.m.1000000", undefined],
    ["of no attempt", "metricgate-verdict.m", undefined],
    ["of no model", "metricgate-verdict..1", undefined],
    ["of what is no model's name", "metricgate-verdict.../m.1", undefined],
    ["in upper case", "metricgate-verdict.M.1", undefined],
    ["of a model's name that is too long", `metricgate-verdict.${"m".repeat(65)}.1`, undefined],
    ["with something before", "my-metricgate-verdict.m.1", undefined],
    ["with something after", "metricgate-verdict.m.1\n", undefined],
    ["of another tool", "verdict.m.1", undefined],
  ])("%s", (_, name, expected) => {
    expect(readArtifactName("verdict", name)).toEqual(expected);
  });
});
