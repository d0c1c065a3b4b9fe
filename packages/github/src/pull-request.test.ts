import { expect, it } from "vitest";
import { scripted } from "../test/scripted-fetch.ts";
import { changedFiles, pullRequest, pullRequestsOfHead } from "./pull-request.ts";

const sha = "a".repeat(40);
const listed = (number: number, repo: string | null = "mallory/ml", head = sha) => ({
  number,
  state: "open",
  user: { login: "mallory" },
  head: { sha: head, repo: repo === null ? null : { full_name: repo } },
  base: { ref: "main", sha: "b".repeat(40) },
});

it("a fork's pull request is found by owner, branch and exactly its head commit", async () => {
  const others = [listed(8, "mallory/other"), listed(9, "mallory/ml", "c".repeat(40)), listed(10, null)];
  const github = scripted(() => ({ status: 200, json: [listed(7), ...others] }));
  const found = await pullRequestsOfHead(github.client, "octo/ml", { sha, branch: "fix", repository: "mallory/ml" });
  expect(found.map((pull) => pull.number)).toEqual([7]);
  expect(github.sent[0]?.query.get("head")).toBe("mallory:fix");
});

it("a pull request tells its head, base and author", async () => {
  const { client } = scripted(() => ({ status: 200, json: listed(7, null) }));
  expect(await pullRequest(client, "octo/ml", 7)).toEqual({
    number: 7,
    headSha: sha,
    base: { branch: "main", sha: "b".repeat(40) },
    author: "mallory",
    open: true,
  });
});

it.each([
  [250, true],
  [3000, false],
])("of %i changed files all pages are read, and complete is %s", async (count, complete) => {
  const files = Array.from({ length: count }, (_, i) => ({
    filename: `f${i}`,
    ...(i === 0 ? { previous_filename: "old" } : {}),
  }));
  const github = scripted(({ path, query }) => {
    const page = Number(query.get("page") ?? 1);
    const link = `<https://api.github.test${path}?per_page=100&page=${page + 1}>; rel="next"`;
    const json = files.slice((page - 1) * 100, page * 100);
    return { status: 200, json, headers: page * 100 < count ? { link } : {} };
  });
  const changed = await changedFiles(github.client, "octo/ml", 7);
  expect(changed.files).toHaveLength(count);
  expect(changed.files[0]).toEqual({ path: "f0", previous: "old" });
  expect(changed.complete).toBe(complete);
});
