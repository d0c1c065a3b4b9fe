import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addPullRequest, loadRepository } from "@metricgate/test-servers/double/seed";
import { pullRequestEvent } from "@metricgate/test-servers/runner/events";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runAct } from "./act.ts";
import { type RealServers, startRealServers } from "./servers.ts";
import { realTier } from "./tier.ts";

const workflow = `on: pull_request
jobs:
  write:
    runs-on: ubuntu-latest
    outputs:
      comment: \${{ steps.write.outputs.comment }}
    steps:
      - uses: actions/checkout@v4
      - id: write
        uses: ./probe
        with: { what: write, token: "\${{ github.token }}" }
  read:
    needs: write
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - id: read
        uses: ./probe
        with: { what: read, token: "\${{ github.token }}" }
`;
const manifest = `name: probe
inputs: { what: { required: true }, token: { required: true } }
runs: { using: node24, main: dist.mjs }
`;
const source = `import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { DefaultArtifactClient } from "@actions/artifact";
import { restoreCache, saveCache } from "@actions/cache";
const env = process.env;
const folder = env.RUNNER_TEMP + "/probe";
mkdirSync(folder, { recursive: true });
const output = (name, value) => appendFileSync(env.GITHUB_OUTPUT, name + "=" + value + "\\n");
const client = new DefaultArtifactClient();
const cached = env.GITHUB_WORKSPACE + "/cached.txt";
if (env.INPUT_WHAT === "write") {
  writeFileSync(folder + "/a.txt", "from the first job");
  await client.uploadArtifact("probe", [folder + "/a.txt"], folder);
  writeFileSync(cached, "cached");
  await saveCache(["cached.txt"], "probe-1");
  const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, "utf8"));
  const url = env.GITHUB_API_URL + "/repos/" + env.GITHUB_REPOSITORY + "/issues/" + event.number + "/comments";
  const headers = { authorization: "Bearer " + env.INPUT_TOKEN, "content-type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify({ body: "posted at " + env.GITHUB_SHA }) });
  output("comment", answer.status);
  appendFileSync(env.GITHUB_STEP_SUMMARY, "# Written by Node " + process.versions.node.split(".")[0]);
  if (answer.status !== 201) { console.log("::error::comment answered " + answer.status); process.exitCode = 1; }
} else {
  const { artifact } = await client.getArtifact("probe");
  await client.downloadArtifact(artifact.id, { path: folder });
  output("text", readFileSync(folder + "/a.txt", "utf8"));
  output("key", await restoreCache(["cached.txt"], "probe-2", ["probe-"]));
  output("cached", readFileSync(cached, "utf8"));
}
`;

const tier = realTier();
if (!tier.ready) console.log(tier.missing);

describe.runIf(tier.ready)("a workflow under act against emulate and Azurite", () => {
  let servers: RealServers;
  let folder: string;
  let head: string;

  beforeEach(async () => {
    servers = await startRealServers();
    folder = mkdtempSync(join(tmpdir(), "probe-"));
    for (const name of [".github/workflows", "probe"]) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, ".github/workflows/ci.yml"), workflow);
    writeFileSync(join(folder, "probe/action.yml"), manifest);
    await build({
      stdin: { contents: source, resolveDir: join(import.meta.dirname, "../servers") },
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: join(folder, "probe/dist.mjs"),
      logLevel: "error",
      banner: { js: "import{createRequire as cr}from'module';const require=cr(import.meta.url);" },
    });
    const identity = ["-c", "user.name=O", "-c", "user.email=o@example.com"];
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", folder, ...identity, ...args], { encoding: "utf8" }).trim();
    git("init", "-q", "-b", "main");
    git("add", ".");
    git("commit", "-q", "-m", "base");
    git("checkout", "-q", "-b", "feature");
    git("commit", "-q", "--allow-empty", "-m", "head");
    head = git("rev-parse", "HEAD");
    loadRepository(servers.world, folder);
    addPullRequest(servers.world, { number: 1, head: { ref: "feature", sha: head } });
    await servers.mirrorSeed();
  });
  afterEach(async () => {
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = async (token?: string) => {
    if (!tier.ready) throw new Error(tier.missing);
    const event = pullRequestEvent({
      number: 1,
      headSha: head,
      baseSha: servers.state.refs.get("refs/heads/main") ?? "",
    });
    return runAct({
      tier,
      repositoryFolder: folder,
      workflow: ".github/workflows/ci.yml",
      event,
      servers,
      ...(token === undefined ? {} : { token }),
    });
  };

  test("posts a comment, hands an artifact to the next job and finds its cache again", async () => {
    const result = await run();
    expect(result.jobResults, result.log).toEqual({ write: "success", read: "success" });
    expect(result.exitCode).toBe(0);
    const outputs = Object.fromEntries(result.outputs.map((one) => [one.name, one.value]));
    expect(outputs).toMatchObject({ comment: "201", text: "from the first job", key: "probe-1", cached: "cached" });
    expect(result.summaries.join("")).toContain("Written by Node 24");
    const url = `${servers.apiUrl}/repos/octo/ml/issues/1/comments`;
    const comments = await (await fetch(url, { headers: { authorization: `Bearer ${servers.token}` } })).json();
    expect(comments).toMatchObject([{ body: `posted at ${head}`, user: { login: "github-actions[bot]" } }]);
  }, 120_000);

  test("with a fork's token the comment is refused and the step fails", async () => {
    const result = await run(await servers.tokenWith({ contents: "read", issues: "read", pull_requests: "read" }));
    expect(result.jobResults.write, result.log).toBe("failure");
    expect(result.annotations).toMatchObject([{ level: "error", message: "comment answered 403" }]);
  }, 120_000);
});
