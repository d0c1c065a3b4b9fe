import { describe, expect, it } from "vitest";
import { type CommitLook, changeFromEvent } from "./event-change.ts";

const sha = (letter: string): string => letter.repeat(40);
const [merge, base, stale, head] = [sha("1"), sha("2"), sha("3"), sha("4")];

function look(more: Partial<CommitLook> = {}): CommitLook {
  return {
    parents: async (commit) => (commit === merge ? [base, head] : [sha("9")]),
    committedAt: async (commit) => `time of ${commit.slice(0, 1)}`,
    mergeBase: async (branch, commit) => sha(`${branch}:${commit}`.startsWith("main:") ? "5" : "6"),
    ...more,
  };
}

const environment = (more: Record<string, string>) => ({
  GITHUB_REPOSITORY: "octo/ml",
  GITHUB_RUN_ID: "77",
  GITHUB_RUN_ATTEMPT: "2",
  GITHUB_WORKFLOW_REF: "octo/ml/.github/workflows/gate.yml@refs/pull/7/merge",
  ...more,
});
const onPull = environment({ GITHUB_EVENT_NAME: "pull_request", GITHUB_SHA: merge, GITHUB_REF: "refs/pull/7/merge" });

function pull(more: { from?: string | null; user?: string } = {}) {
  const repo = more.from === null ? null : { full_name: more.from ?? "octo/ml" };
  return {
    repository: { full_name: "octo/ml", default_branch: "main" },
    pull_request: {
      number: 7,
      user: { login: more.user ?? "asha" },
      head: { sha: head, repo },
      base: { ref: "main", sha: stale, repo: { full_name: "octo/ml" } },
    },
  };
}

describe("a pull request", () => {
  it("was merged into the first parent of the tested merge commit, not into the older commit of the payload", async () => {
    expect(await changeFromEvent(onPull, pull(), look())).toEqual({
      event: "pull_request",
      repository: "octo/ml",
      sha: merge,
      committedAt: "time of 1",
      ref: "refs/pull/7/merge",
      headSha: head,
      pullRequest: 7,
      fork: false,
      dependabot: false,
      base: { branch: "main", sha: base },
      recordsBaseline: false,
      run: { id: 77, attempt: 2, workflow: ".github/workflows/gate.yml", event: "pull_request" },
    });
  });

  it("whose head was checked out is compared with where it left the base branch", async () => {
    const change = await changeFromEvent(onPull, pull(), look({ checkedOut: async () => head }));
    expect(change).toMatchObject({ sha: head, base: { branch: "main", sha: sha("5") } });
  });

  it("has no base commit where nobody knows its parents", async () => {
    const blind = { parents: async () => undefined, committedAt: async () => undefined };
    const change = await changeFromEvent(onPull, pull(), blind);
    expect(change.base).toEqual({ branch: "main" });
    expect(change).not.toHaveProperty("committedAt");
  });

  it("of pull_request_target tests the head, since GITHUB_SHA is the base branch's", async () => {
    const env = { ...onPull, GITHUB_EVENT_NAME: "pull_request_target", GITHUB_SHA: base };
    expect(await changeFromEvent(env, pull(), look())).toMatchObject({ sha: head, recordsBaseline: false });
  });

  it.each([
    ["another repository", pull({ from: "mallory/ml" }), true, false],
    ["a fork that was deleted", pull({ from: null }), true, false],
    ["Dependabot", pull({ user: "dependabot[bot]" }), false, true],
  ])("of %s has a read-only token", async (_, payload, fork, dependabot) => {
    expect(await changeFromEvent(onPull, payload, look())).toMatchObject({ fork, dependabot });
  });
});

describe("a push", () => {
  const payload = { before: stale, forced: false, deleted: false, repository: { default_branch: "main" } };
  const push = (ref: string) => environment({ GITHUB_EVENT_NAME: "push", GITHUB_SHA: merge, GITHUB_REF: ref });

  it.each<[string, string, boolean]>([
    ["to the default branch records", "refs/heads/main", true],
    ["of a tag called like the branch does not", "refs/tags/main", false],
    ["to another branch does not", "refs/heads/feature", false],
    ["to a branch that ends like it does not", "refs/heads/x/main", false],
  ])("%s", async (_, ref, records) => {
    expect((await changeFromEvent(push(ref), payload, look())).recordsBaseline).toBe(records);
  });

  it("is compared with where the branch stood before", async () => {
    const change = await changeFromEvent(push("refs/heads/main"), payload, look());
    expect(change.base).toEqual({ branch: "main", sha: stale });
  });

  it.each([
    ["was forced", { ...payload, forced: true }],
    ["made the branch", { ...payload, before: "0".repeat(40) }],
  ])("that %s is compared with its first parent", async (_, given) => {
    expect((await changeFromEvent(push("refs/heads/main"), given, look())).base).toEqual({ branch: "main", sha: base });
  });

  it("to another branch is compared with where it left the default branch", async () => {
    const change = await changeFromEvent(push("refs/heads/feature"), payload, look());
    expect(change.base).toEqual({ branch: "main", sha: sha("5") });
  });

  it("that deletes the branch records nothing", async () => {
    const change = await changeFromEvent(push("refs/heads/main"), { ...payload, deleted: true }, look());
    expect(change.recordsBaseline).toBe(false);
  });
});

it("a merge group is compared with the base that it names", async () => {
  const env = environment({
    GITHUB_EVENT_NAME: "merge_group",
    GITHUB_SHA: head,
    GITHUB_REF: "refs/heads/gh-readonly-queue/main/pr-7",
  });
  const payload = { merge_group: { head_sha: head, base_sha: base, base_ref: "refs/heads/main" } };
  expect(await changeFromEvent(env, payload, look())).toMatchObject({
    sha: head,
    headSha: head,
    base: { branch: "main", sha: base },
    recordsBaseline: false,
  });
});

it("a trusted run takes the head from GitHub, and no pull request for a fork's", async () => {
  const env = environment({ GITHUB_EVENT_NAME: "workflow_run", GITHUB_SHA: base, GITHUB_REF: "refs/heads/main" });
  const run = { event: "pull_request", head_sha: head, repository: { full_name: "octo/ml" }, pull_requests: [] };
  const change = await changeFromEvent(
    env,
    { workflow_run: { ...run, head_repository: { full_name: "mallory/ml" } } },
    look(),
  );
  expect(change).toMatchObject({ headSha: head, fork: true, recordsBaseline: false });
  expect(change).not.toHaveProperty("sha");
  expect(change).not.toHaveProperty("pullRequest");
});

it("a laptop has an event called local and records nothing", async () => {
  expect(await changeFromEvent({}, undefined, look({ checkedOut: async () => head }))).toEqual({
    event: "local",
    sha: head,
    headSha: head,
    committedAt: "time of 4",
    recordsBaseline: false,
  });
});

it.each([
  undefined,
  null,
  "x",
  7,
  [],
  { pull_request: "x" },
  { pull_request: { head: { sha: "not hex" }, number: "7" } },
])("a payload such as %j is read without error", async (payload) => {
  const change = await changeFromEvent(onPull, payload, look());
  expect(change).toMatchObject({ event: "pull_request", fork: true, recordsBaseline: false });
  expect(change).not.toHaveProperty("pullRequest");
});
