import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { DefaultArtifactClient } from "@actions/artifact";
import { restoreCache, saveCache } from "@actions/cache";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addCommit, addRun } from "./seed.ts";
import { type GitHubServer, startGitHubDouble } from "./start.ts";

let double: GitHubServer;
let folder: string;
const kept = { ...process.env };

beforeEach(async () => {
  double = await startGitHubDouble();
  folder = mkdtempSync(join(tmpdir(), "double-"));
  Object.assign(process.env, {
    ACTIONS_RESULTS_URL: double.resultsUrl,
    ACTIONS_RUNTIME_TOKEN: double.runtimeToken(77),
    ACTIONS_CACHE_SERVICE_V2: "true",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_API_URL: double.apiUrl,
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: folder,
    NO_PROXY: "127.0.0.1",
  });
});
afterEach(async () => {
  process.env = { ...kept };
  await double.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("an artifact uploaded by @actions/artifact comes back with its bytes and digest", async () => {
  const file = join(folder, "metrics.json");
  writeFileSync(file, '{"accuracy":0.9}');
  const client = new DefaultArtifactClient();
  const up = await client.uploadArtifact("metrics", [file], folder);
  expect(up.id).toBe(double.state.artifacts[0]?.id);
  expect(double.state.artifacts[0]?.digest).toBe(`sha256:${up.digest}`);

  const { artifact } = await client.getArtifact("metrics");
  const out = join(folder, "out");
  const down = await client.downloadArtifact(artifact.id, { path: out, expectedHash: `sha256:${up.digest}` });
  expect(down.digestMismatch).toBe(false);
  expect(readFileSync(join(out, "metrics.json"), "utf8")).toBe('{"accuracy":0.9}');
});

test("an artifact of another run is found and downloaded through the REST API", async () => {
  const sha = addCommit(double.world, { files: { a: "1" }, branch: "main" });
  addRun(double.world, { id: 77, headSha: sha });
  const file = join(folder, "metrics.json");
  writeFileSync(file, "{}");
  const client = new DefaultArtifactClient();
  await client.uploadArtifact("metrics", [file], folder);
  process.env.ACTIONS_RUNTIME_TOKEN = double.runtimeToken(78);
  expect((await client.listArtifacts()).artifacts).toEqual([]);

  // A child, because the toolkit's REST client takes GITHUB_API_URL when it is loaded.
  const script = `import { DefaultArtifactClient } from "@actions/artifact";
    const client = new DefaultArtifactClient();
    const findBy = { token: "${double.token}", workflowRunId: 77, repositoryOwner: "octo", repositoryName: "ml" };
    const { artifact } = await client.getArtifact("metrics", { findBy });
    await client.downloadArtifact(artifact.id, { path: "${folder}/out", findBy });`;
  const cwd = join(import.meta.dirname, "..");
  await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { cwd });
  expect(readFileSync(join(folder, "out/metrics.json"), "utf8")).toBe("{}");
});

test("a second artifact of the same name is refused at once, and a deleted one is gone", async () => {
  const file = join(folder, "metrics.json");
  writeFileSync(file, "{}");
  const client = new DefaultArtifactClient();
  await client.uploadArtifact("metrics", [file], folder);
  await expect(client.uploadArtifact("metrics", [file], folder)).rejects.toThrow("409");
  await client.deleteArtifact("metrics");
  expect((await client.listArtifacts()).artifacts).toEqual([]);
});

test("a file of 20 MB goes up in blocks and keeps its bytes", async () => {
  const file = join(folder, "model.bin");
  const bytes = Buffer.alloc(20 << 20, "0123456789abcdef-");
  writeFileSync(file, bytes);
  const client = new DefaultArtifactClient();
  await client.uploadArtifact("model", [file], folder, { compressionLevel: 0 });
  const blocks = double.requests.filter((request) => request.query.includes("comp=block&"));
  expect(blocks.length).toBeGreaterThan(1);
  const { artifact } = await client.getArtifact("model");
  const out = join(folder, "out");
  await client.downloadArtifact(artifact.id, { path: out });
  expect(readFileSync(join(out, "model.bin")).equals(bytes)).toBe(true);
});

test("a cache is saved once, restored exactly and by prefix, and a read-only token cannot save", async () => {
  const cached = join(folder, "cached.txt");
  writeFileSync(cached, "weights");
  expect(await saveCache([cached], "model-1")).toBeGreaterThan(0);
  expect(await saveCache([cached], "model-1")).toBe(-1);
  rmSync(cached);
  expect(await restoreCache([cached], "model-2", ["model-"])).toBe("model-1");
  expect(readFileSync(cached, "utf8")).toBe("weights");
  expect(await restoreCache([cached], "other")).toBeUndefined();

  process.env.ACTIONS_RUNTIME_TOKEN = double.runtimeToken(78, 1, {
    scopes: [{ scope: "refs/heads/main", access: 1 }],
  });
  expect(await saveCache([cached], "model-3")).toBe(-1);
  expect(await restoreCache([cached], "model-1")).toBe("model-1");
});

test("a pull request reads the base branch's cache and does not shadow it", async () => {
  const cached = join(folder, "cached.txt");
  writeFileSync(cached, "of main");
  await saveCache([cached], "model-1");
  const scopes = [
    { scope: "refs/pull/1/merge", access: 3 },
    { scope: "refs/heads/main", access: 1 },
  ];
  process.env.ACTIONS_RUNTIME_TOKEN = double.runtimeToken(78, 1, { scopes });
  writeFileSync(cached, "of the pull request");
  expect(await saveCache([cached], "model-1")).toBeGreaterThan(0);
  process.env.ACTIONS_RUNTIME_TOKEN = double.runtimeToken(79);
  await restoreCache([cached], "model-1");
  expect(readFileSync(cached, "utf8")).toBe("of main");
});

test("a blob link cannot be used for another blob or for writing when it may only read", async () => {
  const upload = await double.world.blobs.uploadUrl("a");
  expect((await fetch(upload.replace("/a?", "/b?"), { method: "PUT", body: "x" })).status).toBe(403);
  const download = await double.world.blobs.downloadUrl("a", { contentType: "text/plain" });
  expect((await fetch(download, { method: "PUT", body: "x", headers: { "x-ms-blob-type": "BlockBlob" } })).status).toBe(
    403,
  );
  expect((await fetch(download)).status).toBe(404);
});
