import { afterEach, describe, expect, test } from "vitest";
import { measuredPull } from "./measured-pull.ts";
import { type Project, policyOf, said } from "./project.ts";

const started: Project[] = [];

afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

/** A worse model whose pull request asks for a merge into a branch that accepts it. */
async function intoLoose(branch = "loose") {
  const made = await measuredPull(0.8);
  started.push(made.here);
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
