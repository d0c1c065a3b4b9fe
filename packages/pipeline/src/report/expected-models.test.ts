import { expect, test } from "vitest";
import { expectedModels } from "./expected-models.ts";

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
