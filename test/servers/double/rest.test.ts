import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { requestsTo } from "./request-log.ts";
import { addApproval, addCommit, addPullRequest, addRun, loadRepository } from "./seed.ts";
import { type GitHubServer, startGitHubDouble } from "./start.ts";
import { forkToken, writeToken } from "./tokens.ts";

let double: GitHubServer;
const here = { owner: "octo", repo: "ml" };
const client = (auth: string) =>
  new Octokit({ auth, baseUrl: double.apiUrl, log: { debug() {}, info() {}, warn() {}, error() {} } });

beforeEach(async () => {
  double = await startGitHubDouble({ tokens: [writeToken(), forkToken()] });
});
afterEach(() => double.stop());

describe("git", () => {
  test("a commit written through the API has the SHA that git gives it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "git-"));
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", folder, ...args], {
        encoding: "utf8",
        env: { PATH: process.env.PATH ?? "", ...who },
      }).trim();
    const who = {
      GIT_AUTHOR_NAME: "A",
      GIT_AUTHOR_EMAIL: "a@example.com",
      GIT_AUTHOR_DATE: "2026-01-02T03:04:05Z",
      GIT_COMMITTER_NAME: "A",
      GIT_COMMITTER_EMAIL: "a@example.com",
      GIT_COMMITTER_DATE: "2026-01-02T03:04:05Z",
      TZ: "UTC",
      HOME: folder,
    };
    git("init", "-q", "-b", "main");
    execFileSync("mkdir", ["-p", join(folder, "a/b")]);
    writeFileSync(join(folder, "a/b/c.txt"), "c");
    writeFileSync(join(folder, "a.txt"), "a");
    git("add", ".");
    git("commit", "-q", "-m", "first");
    const octokit = client(double.token);
    const files = [
      { path: "a/b/c.txt", content: "c" },
      { path: "a.txt", content: "a" },
    ];
    const tree = files.map((file) => ({ ...file, mode: "100644" as const, type: "blob" as const }));
    const written = await octokit.rest.git.createTree({ ...here, tree });
    const author = { name: "A", email: "a@example.com", date: "2026-01-02T03:04:05Z" };
    const commit = await octokit.rest.git.createCommit({
      ...here,
      tree: written.data.sha,
      message: "first\n",
      parents: [],
      author,
    });
    expect(commit.data.sha).toBe(git("rev-parse", "HEAD"));
    loadRepository(double.world, folder);
    expect(double.state.refs.get("refs/heads/main")).toBe(commit.data.sha);
    rmSync(folder, { recursive: true, force: true });
  });

  test("a ref moves forward only, and two writers from one parent cannot both win", async () => {
    const octokit = client(double.token);
    const root = addCommit(double.world, { files: { a: "0" } });
    const one = addCommit(double.world, { files: { a: "1" }, parents: [root] });
    const two = addCommit(double.world, { files: { a: "2" }, parents: [root] });
    await octokit.rest.git.createRef({ ...here, ref: "refs/heads/ledger", sha: root });
    await expect(octokit.rest.git.createRef({ ...here, ref: "refs/heads/ledger", sha: root })).rejects.toThrow(
      "Reference already exists",
    );
    const tries = await Promise.allSettled(
      [one, two].map((sha) => octokit.rest.git.updateRef({ ...here, ref: "heads/ledger", sha })),
    );
    expect(tries.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(String(tries.find((one) => one.status === "rejected")?.reason)).toContain("Update is not a fast forward");
    await octokit.rest.git.updateRef({ ...here, ref: "heads/ledger", sha: two, force: true });
    expect(double.state.refs.get("refs/heads/ledger")).toBe(two);
  });

  test("compare, contents and changed files follow the commits", async () => {
    const octokit = client(double.token);
    const root = addCommit(double.world, { files: { "a.txt": "0", "d/e.txt": "e" }, branch: "main" });
    const main = addCommit(double.world, {
      files: { "a.txt": "1", "d/e.txt": "e" },
      parents: [root],
      branch: "main",
      date: "2026-01-02T00:00:00Z",
    });
    const head = addCommit(double.world, {
      files: { "a.txt": "0", "d/f.txt": "e", "n.txt": "n" },
      parents: [root],
      branch: "feature/x",
      date: "2026-01-03T00:00:00Z",
    });
    addPullRequest(double.world, { number: 1, head: { ref: "feature/x", sha: head } });
    const compared = await octokit.rest.repos.compareCommitsWithBasehead({ ...here, basehead: `${main}...feature/x` });
    expect(compared.data).toMatchObject({
      status: "diverged",
      ahead_by: 1,
      behind_by: 1,
      merge_base_commit: { sha: root },
    });
    const files = await octokit.rest.pulls.listFiles({ ...here, pull_number: 1 });
    expect(files.data.map((file) => [file.filename, file.status])).toEqual([
      ["d/f.txt", "renamed"],
      ["n.txt", "added"],
    ]);
    const text = await octokit.rest.repos.getContent({
      ...here,
      path: "d/e.txt",
      ref: "main",
      mediaType: { format: "raw" },
    });
    expect(text.data).toBe("e");
    await expect(octokit.rest.repos.getContent({ ...here, path: "none", ref: "main" })).rejects.toThrow("Not Found");
  });
});

describe("permissions", () => {
  test("a fork's token reads and may not write, and the answer names what was missing", async () => {
    const sha = addCommit(double.world, { files: { a: "1" }, branch: "main" });
    addPullRequest(double.world, { number: 1, head: { ref: "x", sha, repository: "fork/ml" } });
    const octokit = client(forkToken().secret);
    expect((await octokit.rest.pulls.get({ ...here, pull_number: 1 })).data.head.repo?.full_name).toBe("fork/ml");
    const refused = await octokit.rest.issues
      .createComment({ ...here, issue_number: 1, body: "x" })
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({
      status: 403,
      message: expect.stringContaining("Resource not accessible by integration"),
      response: { headers: { "x-accepted-github-permissions": "issues=write; pull_requests=write" } },
    });
    expect(double.state.comments).toEqual([]);
    expect(double.requests.at(-1)).toMatchObject({ method: "POST", status: 403, token: "fork" });
  });

  test("an unknown token is 401 and another repository 404", async () => {
    await expect(client("wrong").rest.repos.get(here)).rejects.toMatchObject({ status: 401 });
    await expect(client(double.token).rest.repos.get({ owner: "octo", repo: "other" })).rejects.toMatchObject({
      status: 404,
    });
  });

  test("GITHUB_TOKEN cannot read /user but is the viewer", async () => {
    const octokit = client(double.token);
    await expect(octokit.rest.users.getAuthenticated()).rejects.toMatchObject({ status: 403 });
    expect(await octokit.graphql("query { viewer { login } }")).toEqual({ viewer: { login: "github-actions[bot]" } });
  });
});

describe("comments, checks, deployments, runs", () => {
  test("comments are paged with Link, updated in place and written by the token's owner", async () => {
    const sha = addCommit(double.world, { files: { a: "1" }, branch: "main" });
    addPullRequest(double.world, { number: 7, head: { ref: "x", sha } });
    const octokit = client(double.token);
    for (let at = 0; at < 5; at++)
      await octokit.rest.issues.createComment({ ...here, issue_number: 7, body: `c${at}` });
    const all = await octokit.paginate(octokit.rest.issues.listComments, { ...here, issue_number: 7, per_page: 2 });
    expect(all.map((one) => one.body)).toEqual(["c0", "c1", "c2", "c3", "c4"]);
    expect(requestsTo(double.requests, "GET /repos/:o/:r/issues/7/comments")).toHaveLength(3);
    const first = all[0];
    await octokit.rest.issues.updateComment({ ...here, comment_id: first?.id ?? 0, body: "new" });
    expect(double.state.comments[0]).toMatchObject({ body: "new", author: "github-actions[bot]" });
    await expect(
      octokit.rest.issues.createComment({ ...here, issue_number: 7, body: "x".repeat(65_537) }),
    ).rejects.toMatchObject({ status: 422 });
  });

  test("a check run keeps annotations over updates and refuses more than 50 at once", async () => {
    const head_sha = addCommit(double.world, { files: { a: "1" }, branch: "main" });
    const octokit = client(double.token);
    const annotation = { path: "a", start_line: 1, end_line: 1, annotation_level: "failure" as const, message: "m" };
    const output = { title: "t", summary: "s", annotations: Array.from({ length: 50 }, () => annotation) };
    const check = await octokit.rest.checks.create({
      ...here,
      name: "metricgate",
      head_sha,
      conclusion: "failure",
      output,
    });
    await octokit.rest.checks.update({
      ...here,
      check_run_id: check.data.id,
      output: { ...output, annotations: [annotation] },
    });
    expect(
      (await octokit.rest.checks.get({ ...here, check_run_id: check.data.id })).data.output.annotations_count,
    ).toBe(51);
    const many = { ...output, annotations: [...output.annotations, annotation] };
    await expect(octokit.rest.checks.create({ ...here, name: "x", head_sha, output: many })).rejects.toMatchObject({
      status: 422,
    });
  });

  test("a successful deployment makes the earlier one of the same environment inactive, production kept", async () => {
    addCommit(double.world, { files: { a: "1" }, branch: "main" });
    const octokit = client(double.token);
    const latest = async (environment: string) => {
      const ids: number[] = [];
      for (let at = 0; at < 2; at++) {
        const made = await octokit.rest.repos.createDeployment({
          ...here,
          ref: "main",
          environment,
          required_contexts: [],
          auto_merge: false,
        });
        const id = "id" in made.data && typeof made.data.id === "number" ? made.data.id : 0;
        await octokit.rest.repos.createDeploymentStatus({ ...here, deployment_id: id, state: "success" });
        ids.push(id);
      }
      const statuses = await octokit.rest.repos.listDeploymentStatuses({ ...here, deployment_id: ids[0] ?? 0 });
      return statuses.data[0]?.state;
    };
    expect(await latest("staging")).toBe("inactive");
    expect(await latest("production")).toBe("success");
  });

  test("runs are listed by workflow file, event, branch and commit, newest first", async () => {
    const sha = addCommit(double.world, { files: { a: "1" }, branch: "main" });
    const octokit = client(double.token);
    for (const run of [
      { event: "push" },
      { event: "pull_request", headBranch: "x" },
      { event: "push", path: ".github/workflows/other.yml" },
      { event: "push" },
    ]) {
      addRun(double.world, { headSha: sha, ...run });
    }
    const listed = await octokit.rest.actions.listWorkflowRuns({
      ...here,
      workflow_id: "ci.yml",
      event: "push",
      branch: "main",
      head_sha: sha,
      status: "success",
    });
    expect(listed.data.total_count).toBe(2);
    expect((listed.data.workflow_runs[0]?.id ?? 0) > (listed.data.workflow_runs[1]?.id ?? 0)).toBe(true);
    const id = listed.data.workflow_runs[0]?.id ?? 0;
    addApproval(double.world, id, { user: "reviewer", environments: ["production"] });
    expect((await octokit.rest.actions.getReviewsForRun({ ...here, run_id: id })).data[0]).toMatchObject({
      state: "approved",
      user: { login: "reviewer" },
    });
  });

  test("a release keeps its asset's bytes and refuses a second asset of that name", async () => {
    addCommit(double.world, { files: { a: "1" }, branch: "main" });
    const octokit = client(double.token);
    const release = await octokit.rest.repos.createRelease({ ...here, tag_name: "model-1" });
    const upload = { ...here, release_id: release.data.id, url: release.data.upload_url, name: "m.bin", data: "bytes" };
    const asset = await octokit.rest.repos.uploadReleaseAsset(upload);
    const read = await octokit.rest.repos.getReleaseAsset({
      ...here,
      asset_id: asset.data.id,
      headers: { accept: "application/octet-stream" },
    });
    expect(
      Buffer.from(
        String(read.data) === "[object ArrayBuffer]" ? new Uint8Array(Object(read.data)) : String(read.data),
      ).toString(),
    ).toBe("bytes");
    await expect(octokit.rest.repos.uploadReleaseAsset(upload)).rejects.toMatchObject({ status: 422 });
    expect(double.state.refs.has("refs/tags/model-1")).toBe(true);
  });
});

describe("faults", () => {
  test("a scripted status strikes as often as said, and only its route", async () => {
    addCommit(double.world, { files: { a: "1" }, branch: "main" });
    const octokit = client(double.token);
    double.faults.add({ route: "GET /repos/octo/ml", times: 2, status: 403, headers: { "retry-after": "2" } });
    const seen: number[] = [];
    for (let at = 0; at < 3; at++)
      seen.push(
        await octokit.rest.repos.get(here).then(
          (one) => one.status,
          (error) => error.status,
        ),
      );
    expect(seen).toEqual([403, 403, 200]);
    expect((await octokit.rest.repos.getBranch({ ...here, branch: "main" })).status).toBe(200);
  });

  test("commit-then-reset leaves the comment behind, reset-before does not", async () => {
    const sha = addCommit(double.world, { files: { a: "1" }, branch: "main" });
    addPullRequest(double.world, { number: 1, head: { ref: "x", sha } });
    const octokit = client(double.token);
    const route = "POST /repos/:o/:r/issues/:n/comments";
    double.faults.add({ route, cut: "reset-before" });
    await expect(octokit.rest.issues.createComment({ ...here, issue_number: 1, body: "a" })).rejects.toMatchObject({
      status: 500,
    });
    expect(double.state.comments).toHaveLength(0);
    double.faults.add({ route, cut: "commit-then-reset" });
    await expect(octokit.rest.issues.createComment({ ...here, issue_number: 1, body: "a" })).rejects.toMatchObject({
      status: 500,
    });
    expect(double.state.comments).toHaveLength(1);
    expect(double.requests.map((one) => one.status)).toEqual([0, 0]);
  });

  test("the rate limit ends in 403 with its headers at zero", async () => {
    double.rate.limit = 1;
    const octokit = client(double.token);
    await octokit.rest.repos.get(here);
    const refused = await octokit.rest.repos.get(here).catch((error: unknown) => error);
    expect(refused).toMatchObject({ status: 403, response: { headers: { "x-ratelimit-remaining": "0" } } });
  });
});
