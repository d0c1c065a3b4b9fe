import { expect, it } from "vitest";
import { type Answer, scripted } from "../test/scripted-fetch.ts";
import { explainFailure, redact } from "./failure.ts";

const needs = { permission: "pull-requests: write", what: "comment on the pull request" };
const forbidden: Answer = { status: 403, json: { message: "Resource not accessible by integration" } };

async function problemOf(answer: Answer, change: { fork?: boolean; dependabot?: boolean } = {}) {
  const { client } = scripted(() => answer);
  const write = client.api.rest.issues.createComment({ owner: "octo", repo: "ml", issue_number: 1, body: "x" });
  return explainFailure(await write.catch((error: unknown) => error), needs, change);
}

it.each<[string, Answer, string, RegExp]>([
  ["403", forbidden, "permission-missing", /`pull-requests: write` under `permissions:`/],
  ["404", { status: 404, json: { message: "Not Found" } }, "permission-missing", /check that the repository/],
  ["401", { status: 401, json: { message: "Bad credentials" } }, "token-refused", /valid token/],
  ["no answer", "reset", "github-unreachable", /network/],
  ["503", { status: 503 }, "github-unavailable", /Run the job again/],
  ["429", { status: 429, headers: { "retry-after": "9999" } }, "rate-limited", /limit was reset/],
  ["422", { status: 422, json: { message: "Body is too long" } }, "github-refused", /Change what the answer names/],
])("%s is told with its cause and the next step", async (_, answer, code, next) => {
  const problem = await problemOf(answer);
  expect(problem.code).toBe(code);
  expect(problem.text).toContain("comment on the pull request");
  expect(problem.next).toMatch(next);
});

it.each([{ fork: true }, { dependabot: true }])(
  "with %o the advice is the pair of workflows, not a permission",
  async (change) => {
    const problem = await problemOf(forbidden, change);
    expect(problem.code).toBe("token-read-only");
    expect(problem.next).toMatch(/pair of workflows/);
    expect(problem.next).not.toMatch(/permissions:/);
  },
);

it("a server without artifacts is told to keep baselines on a branch", () => {
  const error = Object.assign(new Error("not supported on GHES"), { name: "GHESNotSupportedError" });
  expect(explainFailure(error, needs, {}).next).toMatch(/store: branch/);
});

it("tokens and signatures never stand in a text", () => {
  const text =
    "GET https://blob.test/a/b?sig=SECRET&se=1 with ghs_SECRET, github_pat_SECRET_x and eyJSECRETxx.eyJSECRET.SECRET";
  expect(redact(text)).not.toContain("SECRET");
  expect(redact(text)).toContain("https://blob.test/a/b");
});
