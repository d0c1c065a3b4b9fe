import { describe, expect, test } from "vitest";
import { keep } from "./kept.ts";
import { measuredPull } from "./measured-pull.ts";
import { policyOf, said } from "./project.ts";

describe("a trusted run with a working directory", () => {
  const strict = policyOf(["{ metric: accuracy, min: 0.95 }"]).replace(
    "    metrics:",
    "    paths: [train.py]\n    metrics:",
  );

  test("judges by the base's policy in it, and plans by paths that start from it", async () => {
    const { here, trusted, status } = await measuredPull(0.91, { files: { "sub/train.py": "x" } });
    keep(here);
    here.git("checkout", "--quiet", "--force", "main");
    here.write({ "sub/.github/metricgate.yml": strict });
    here.commit("A policy of the folder");
    await trusted();
    expect(status().at(-1)).toMatchObject({ state: "success" });
    for (const policy of [".github/metricgate.yml", "./.github//metricgate.yml"]) {
      const result = await trusted({ "working-directory": "sub", policy });
      expect([result.exitCode, result.outputs.verdict], said(result)).toEqual([0, "fail"]);
      expect(status().at(-1)).toMatchObject({ state: "failure" });
    }
  });

  test("needs no such folder, as it checks nothing out", async () => {
    const { here, trusted, status } = await measuredPull(0.91);
    keep(here);
    const result = await trusted({ "working-directory": "models/elsewhere" });
    expect(result.exitCode, said(result)).toBe(0);
    expect(status().at(-1)).toMatchObject({ state: "pending", description: expect.stringContaining("no policy") });
  });

  test("refuses a policy outside of the repository, and sets no status", async () => {
    const { here, trusted, status } = await measuredPull(0.91);
    keep(here);
    const result = await trusted({ policy: "../metricgate.yml" });
    expect([result.exitCode, said(result)]).toEqual([2, expect.stringContaining("outside-workspace")]);
    expect(status()).toEqual([]);
  });
});

/** A worse model whose pull request asks for a merge into a branch that accepts it. */
async function intoLoose(branch = "loose") {
  const made = await measuredPull(0.8);
  keep(made.here);
  const { here } = made;
  here.git("checkout", "--quiet", "--force", "-B", branch, "main");
  here.write({ ".github/metricgate.yml": policyOf(["{ metric: accuracy, min: 0.1 }"]) });
  here.commit("A looser policy");
  const [pull] = here.double.state.pulls;
  if (pull === undefined) throw new Error("there is no pull request");
  pull.base = { ...pull.base, ref: branch };
  return { ...made, retarget: (ref: string) => Object.assign(pull.base, { ref }) };
}

describe("a head that was judged for another base", () => {
  test("gets no success that would count for the default branch after the base was changed", async () => {
    const { trusted, status, retarget } = await intoLoose();
    const result = await trusted();
    expect([result.exitCode, result.outputs.verdict], said(result)).toEqual([0, "pass"]);
    const last = () => status().at(-1);
    expect(last()).toMatchObject({ state: "pending", description: expect.stringContaining("Judged for loose") });
    retarget("main");
    expect(status().map(({ state }) => state)).not.toContain("success");
    await trusted();
    expect(last()).toMatchObject({ state: "failure" });
  });

  test("gets one where `bases` lists that branch, by name or glob, and then the default branch needs its own entry", async () => {
    const { trusted, status, retarget } = await intoLoose("release/1");
    await trusted({ bases: "main\nrelease/2" });
    expect(status().at(-1)).toMatchObject({ state: "pending" });
    await trusted({ bases: "main\nrelease/*" });
    expect(status().at(-1)).toMatchObject({ state: "success" });
    retarget("main");
    await trusted({ bases: "main\nrelease/*" });
    expect(status().at(-1)).toMatchObject({ state: "failure" });
  });
});
