import { describe, expect, it } from "vitest";
import { type Answer, scripted } from "../test/scripted-fetch.ts";
import { createClient } from "./client.ts";

const ok: Answer = { status: 200, json: { id: 1 } };
const limited = (headers: Record<string, string>, status = 403): Answer => ({
  status,
  json: { message: "You have exceeded a secondary rate limit" },
  headers,
});

function inTurn(...answers: Answer[]) {
  let at = 0;
  return () => answers[at++] ?? ok;
}

describe("reads", () => {
  it.each<[string, Answer]>([
    ["500", { status: 500 }],
    ["502", { status: 502 }],
    ["503", { status: 503 }],
    ["504", { status: 504 }],
    ["a broken connection", "reset"],
  ])("are repeated after %s", async (_, fault) => {
    const github = scripted(inTurn(fault, fault, ok));
    await github.client.api.rest.repos.get({ owner: "octo", repo: "ml" });
    expect(github.sent).toHaveLength(3);
    expect(github.waits).toEqual([1000, 2000]);
  });

  it("end after four tries", async () => {
    const github = scripted(() => ({ status: 503 }));
    await expect(github.client.api.rest.repos.get({ owner: "octo", repo: "ml" })).rejects.toMatchObject({
      status: 503,
    });
    expect(github.sent).toHaveLength(4);
  });

  it.each([401, 403, 404, 422])("are not repeated after %i", async (status) => {
    const github = scripted(() => ({ status }));
    await expect(github.client.api.rest.repos.get({ owner: "octo", repo: "ml" })).rejects.toMatchObject({ status });
    expect(github.sent).toHaveLength(1);
  });
});

describe("writes", () => {
  it.each<[string, Answer]>([
    ["500", { status: 500 }],
    ["502", { status: 502 }],
    ["a broken connection", "reset"],
  ])("are never repeated blindly after %s", async (_, fault) => {
    const github = scripted(inTurn(fault));
    const write = github.client.api.rest.issues.createComment({
      owner: "octo",
      repo: "ml",
      issue_number: 1,
      body: "x",
    });
    await expect(write).rejects.toThrow();
    expect(github.sent).toHaveLength(1);
  });

  it("are sent again when a rate limit refused them, since nothing was done", async () => {
    const github = scripted(inTurn(limited({ "retry-after": "2" })));
    await github.client.api.rest.issues.createComment({ owner: "octo", repo: "ml", issue_number: 1, body: "x" });
    expect(github.sent).toHaveLength(2);
    expect(github.waits).toEqual([2000]);
  });
});

describe("rate limits", () => {
  const date = new Date(1_000_000_000).toUTCString();
  it.each<[string, Answer, number]>([
    ["retry-after", limited({ "retry-after": "2" }), 2000],
    [
      "a reset on the server's clock",
      limited({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1000005", date }, 429),
      6000,
    ],
    ["neither: a minute", limited({}), 60_000],
  ])("are waited out by %s", async (_, fault, wait) => {
    const github = scripted(inTurn(fault));
    await github.client.api.rest.repos.get({ owner: "octo", repo: "ml" });
    expect(github.waits).toEqual([wait]);
  });

  it("are not waited for beyond the ceiling", async () => {
    const fault = limited({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1003600", date });
    const github = scripted(() => fault);
    await expect(github.client.api.rest.repos.get({ owner: "octo", repo: "ml" })).rejects.toMatchObject({
      status: 403,
    });
    expect(github.waits).toEqual([]);
  });

  it("share one ceiling among all requests of a client", async () => {
    const github = scripted(() => limited({ "retry-after": "50" }), { maxWaitSeconds: 120 });
    await expect(github.client.api.rest.repos.get({ owner: "octo", repo: "ml" })).rejects.toThrow();
    await expect(github.client.api.rest.repos.get({ owner: "octo", repo: "ml" })).rejects.toThrow();
    expect(github.waits).toEqual([50_000, 50_000]);
  });
});

it("requests go below the path of GITHUB_API_URL, as on GitHub Enterprise Server", async () => {
  const github = scripted(() => ({ status: 200, json: { data: { viewer: { login: "x" } } } }), {
    apiUrl: "https://ghes.test/api/v3/",
  });
  await github.client.api.rest.repos.get({ owner: "octo", repo: "ml" });
  await github.client.api.graphql("query { viewer { login } }");
  expect(github.sent.map((s) => s.path)).toEqual(["/api/v3/repos/octo/ml", "/api/graphql"]);
});

it("GraphQL queries are reads, and repeated like them", async () => {
  const answer: Answer = { status: 200, json: { data: { viewer: { login: "x" } } } };
  const github = scripted(inTurn({ status: 502 }, answer));
  await github.client.api.graphql("query { viewer { login } }");
  expect(github.sent).toHaveLength(2);
});

it("each request is told on one line, without what a query could hold", async () => {
  const lines: string[] = [];
  const fetch = async () => new Response("[]", { headers: { "content-type": "application/json" } });
  const client = createClient({ apiUrl: "https://api.github.test", fetch, onRequest: (line) => lines.push(line) });
  await client.api.rest.issues.listComments({ owner: "octo", repo: "ml", issue_number: 7, per_page: 100 });
  expect(lines).toEqual(["GET /repos/octo/ml/issues/7/comments 200"]);
});
