import { expect, it } from "vitest";
import { scripted } from "../test/scripted-fetch.ts";
import { checkRun, type ExpectedRun } from "./verdict-run.ts";

const sha = "a".repeat(40);
const good = {
  id: 77,
  run_attempt: 2,
  path: ".github/workflows/gate.yml@refs/heads/main",
  event: "push",
  head_branch: "main",
  head_sha: sha,
  conclusion: "success",
  html_url: "https://github.test/octo/ml/actions/runs/77",
  repository: { full_name: "octo/ml" },
  head_repository: { full_name: "octo/ml" },
};
const expected: ExpectedRun = { workflow: ".github/workflows/gate.yml", events: ["push"], branch: "main", sha };

async function problemsOf(change: object, more: ExpectedRun = {}) {
  const { client } = scripted(() => ({ status: 200, json: { ...good, ...change } }));
  return checkRun(client, "octo/ml", 77, { ...expected, ...more });
}

it("a run that is what was expected has facts and no problems", async () => {
  expect(await problemsOf({})).toEqual({
    facts: {
      id: 77,
      attempt: 2,
      workflow: ".github/workflows/gate.yml",
      event: "push",
      branch: "main",
      sha,
      headRepository: "octo/ml",
      conclusion: "success",
      url: good.html_url,
    },
    problems: [],
  });
});

it.each<[string, object]>([
  ["its repository", { repository: { full_name: "mallory/ml" } }],
  ["the repository of its commit", { head_repository: { full_name: "mallory/ml" } }],
  ["the repository of its commit", { head_repository: null }],
  ["its workflow", { path: ".github/workflows/evil.yml" }],
  ["its event", { event: "pull_request" }],
  ["its branch", { head_branch: "feature" }],
  ["its commit", { head_sha: "b".repeat(40) }],
  ["its conclusion", { conclusion: "failure" }],
  ["its conclusion", { conclusion: null }],
])("a run is not believed when %s differs: %j", async (what, change) => {
  const { problems } = await problemsOf(change);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ code: "run-refused", text: expect.stringContaining(`: ${what} is `) });
});

it("a fork's run and a failed one are believed only when asked for", async () => {
  const change = { head_repository: { full_name: "mallory/ml" }, conclusion: "failure" };
  expect((await problemsOf(change)).problems).toHaveLength(2);
  expect((await problemsOf(change, { fork: true, conclusion: "any" })).problems).toEqual([]);
});
