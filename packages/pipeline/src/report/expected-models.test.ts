import { expect, test } from "vitest";
import { expectedModels, policyProblems, silentModels } from "./expected-models.ts";

const policy = `version: 1
models:
  fraud: { paths: [models/fraud/**], gates: [{ metric: accuracy }] }
  churn: { paths: [models/churn/**], gates: [{ metric: accuracy }] }
  broken: { paths: [models/broken/**], gates: [{ metrc: accuracy }] }
`;
const ports = (paths: string[], text: string | undefined = policy) => ({
  change: { event: "pull_request", recordsBaseline: false, base: { branch: "main", sha: "a".repeat(40) } },
  policyAt: async () => (text === undefined ? undefined : new TextEncoder().encode(text)),
  touchedFiles: async () => ({ paths, complete: true }),
});

test.each([
  ["a plan that says what the base's policy says", '["fraud"]', ["models/fraud/a.py"], ["fraud"]],
  ["an emptied plan changes nothing", "[]", ["models/fraud/a.py", "models/churn/b.py"], ["churn", "fraud"]],
  ["a model whose entry is broken answers for its own files", "[]", ["models/broken/x.py"], ["broken"]],
  ["a model that only the change knows is expected too", '["fresh"]', ["README.md"], ["fresh"]],
  ["names on lines", "fraud\nchurn\n", [], ["churn", "fraud"]],
])("%s", async (_, given, paths, expected) => {
  expect(await expectedModels(given, "p.yml", ports(paths))).toEqual(expected);
});

test("without a policy at the base the given list stands, and none is refused: nothing can be known to be unchanged", async () => {
  const none = { ...ports(["a"]), policyAt: async () => undefined };
  expect(await expectedModels('["fresh"]', "p.yml", none)).toEqual(["fresh"]);
  await expect(expectedModels("[]", "p.yml", none)).rejects.toMatchObject({ problems: [{ code: "nothing-expected" }] });
});

test("a base's policy that cannot be read stops the report, and is no reason to expect nobody", async () => {
  const torn = ports(["models/fraud/a.py"], "version: 1\nmodels: [\n");
  await expect(expectedModels("[]", "p.yml", torn)).rejects.toMatchObject({ name: "UserError" });
});

test.each(['{"a":1}', "[1]", '["../x"]', "[", "UPPER"])("%s is refused", async (given) => {
  await expect(expectedModels(given, "p.yml", ports([]))).rejects.toThrow(/expect/);
});

test("a model whose name or key is wrong in the policy of the tested commit is reported with its line, and stops no other", async () => {
  const here = `version: 1
models:
  fraud: { gates: [{ metric: accuracy }] }
  churn: { gates: [{ metrc: accuracy }] }
  C: { gates: [{ metric: accuracy }] }
`;
  const change = { ...ports([]).change, sha: "b".repeat(40) };
  const policyAt = async (_: string, ref: string) => new TextEncoder().encode(ref === change.sha ? here : policy);
  const own = { ...ports(["metricgate.yml"]), change, policyAt };
  const models = await expectedModels('["fraud","churn","C"]', "p.yml", own);
  expect(models).toEqual(["C", "churn", "fraud"]);
  const told = silentModels(models, await policyProblems("p.yml", own));
  expect(told.map(({ crashed }) => crashed?.text)).toEqual([
    expect.stringMatching(/^p\.yml:5: "C" is not a model name\. Use lower-case/),
    expect.stringMatching(/^p\.yml:4: .*metrc/),
    expect.stringContaining("no verdict of it arrived"),
  ]);
  await expect(expectedModels('["D"]', "p.yml", own)).rejects.toThrow(/"D" is not a model's name/);
});
