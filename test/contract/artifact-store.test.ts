import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import type { BaselineFrom, BaselineLookup } from "@metricgate/core/ports/baseline-store";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeZip } from "../../packages/github/test/make-zip.ts";
import { addArtifact, addCommit, type SeedRun } from "../servers/double/seed.ts";
import { type GitHubServer, startGitHubDouble } from "../servers/double/start.ts";
import { workflowToken } from "../servers/double/tokens.ts";
import type { StorePlace } from "./baseline-store.suite.ts";
import { type History, makeHistory } from "./history.ts";
import { artifactPlace, clientOf, pushRun, storeOfRun } from "./store-places.ts";

let history: History;
let server: GitHubServer;
let place: StorePlace;
beforeAll(() => {
  history = makeHistory();
});
afterAll(() => rm(history.folder, { recursive: true, force: true }));
beforeEach(async () => {
  server = await startGitHubDouble();
  place = await artifactPlace(server, history);
});
afterEach(() => place.stop());

const everywhere: BaselineFrom[] = ["base", "ancestor", "latest"];
const find = (base = history.c4): Promise<BaselineLookup> =>
  storeOfRun(server, 1, 1, tmpdir()).find({ model: "fraud", branch: "main", base, from: everywhere });

/** A run with a record of the model, as anybody's workflow could upload it under that name. */
async function recordedBy(
  run: Partial<SeedRun>,
  more: { expired?: boolean; bytes?: Uint8Array } = {},
): Promise<number> {
  const { id } = pushRun(server, { headSha: history.c4, ...run });
  const bytes = makeZip([{ name: "evaluation.json", content: '{"forged":true}' }]);
  await addArtifact(server.world, { run: id, name: "metricgate-baseline.fraud.1", bytes, ...more });
  return id;
}

describe("whose records are never believed", () => {
  test("the same upload by a push run of this workflow on the base branch is (so the refusals below say something)", async () => {
    await recordedBy({});
    expect(await find()).toMatchObject({ found: true, from: "base" });
  });

  test.each<[string, Partial<SeedRun>]>([
    ["a fork's push", { headRepository: "mallory/ml" }],
    ["a fork whose owner's name starts like ours", { headRepository: "octo/ml-fork" }],
    ["another workflow", { path: ".github/workflows/other.yml" }],
    ["a workflow of the same file name elsewhere", { path: "gate.yml" }],
    ["a pull request", { event: "pull_request" }],
    ["a pull request with the base's rights", { event: "pull_request_target" }],
    ["a run that another run started", { event: "workflow_run" }],
    ["a run started by hand", { event: "workflow_dispatch" }],
    ["a schedule", { event: "schedule" }],
    ["another branch", { headBranch: "feature" }],
  ])("%s", async (_, run) => {
    await recordedBy(run);
    expect(await find()).toMatchObject({ found: false, why: "none", known: [] });
  });

  test("a tag that is called like the base branch, on a commit that is not in its history", async () => {
    server.state.refs.set("refs/tags/main", history.outside);
    await recordedBy({ headSha: history.outside });
    expect(await find()).toMatchObject({ found: false, why: "none", known: [] });
    const found = await find(history.c1);
    expect(found).toMatchObject({ found: false, why: "none" });
  });

  test("a believed record is found although newer runs that are not believed hold one of the same name", async () => {
    await recordedBy({ headSha: history.c2 });
    await recordedBy({ headSha: history.c4, headRepository: "mallory/ml" });
    await recordedBy({ headSha: history.c4, event: "pull_request" });
    await recordedBy({ headSha: history.outside });
    expect(await find()).toMatchObject({ found: true, from: "ancestor", sha: history.c2, behind: 2 });
  });
});

describe("expired, missing and first run are told apart", () => {
  const why = async () => {
    const found = await find();
    return found.found ? "found" : { why: found.why, known: found.known };
  };

  test("first run: the workflow has never run, nothing is known", async () => {
    expect(await why()).toEqual({ why: "none", known: [] });
  });

  test("missing: it ran and recorded other models", async () => {
    const run = pushRun(server, { headSha: history.c4 });
    const bytes = makeZip([{ name: "evaluation.json", content: "{}" }]);
    await addArtifact(server.world, { run: run.id, name: "metricgate-baseline.churn.1", bytes });
    expect(await why()).toEqual({ why: "none", known: ["churn"] });
  });

  test("expired: the base knows the model, and its record is gone", async () => {
    await recordedBy({}, { expired: true });
    expect(await why()).toEqual({ why: "expired", known: ["fraud"] });
  });

  test("expired: only an ancestor's record, and it is gone", async () => {
    pushRun(server, { headSha: history.c4 });
    await recordedBy({ headSha: history.c2 }, { expired: true });
    expect(await why()).toEqual({ why: "expired", known: ["fraud"] });
  });

  test("an expired record at the base does not hide an ancestor's that is there", async () => {
    await recordedBy({}, { expired: true });
    await recordedBy({ headSha: history.c2 });
    expect(await find()).toMatchObject({ found: true, from: "ancestor", sha: history.c2 });
  });

  test.each<[string, Uint8Array]>([
    ["that is no archive", Uint8Array.of(1, 2, 3)],
    ["without an evaluation", makeZip([{ name: "notes.txt" }])],
    ["with a path that leads out", makeZip([{ name: "../evaluation.json" }])],
  ])("a record %s is neither expired nor a first run", async (_, bytes) => {
    await recordedBy({}, { bytes });
    expect(await why()).toEqual({ why: "unavailable", known: ["fraud"] });
  });

  test("a token without actions: read is neither, and the permission is named", async () => {
    await recordedBy({});
    const weak = await startGitHubDouble({
      tokens: [workflowToken("weak", "ghs_weak0123456789", { contents: "read" })],
    });
    try {
      const sha = addCommit(weak.world, { files: { a: "1" }, branch: "main" });
      pushRun(weak, { headSha: sha });
      const found = await storeOfRun(weak, 1, 1, tmpdir()).find({
        model: "fraud",
        branch: "main",
        base: sha,
        from: ["base"],
      });
      expect(found).toMatchObject({ found: false, why: "unavailable" });
      expect(found.tried[0]?.found).toContain("actions: read");
    } finally {
      await weak.stop();
    }
  });
});

test("a latest record may lie on a side that was merged into the base", async () => {
  await recordedBy({ headSha: history.side });
  expect(await find()).toMatchObject({ found: true, from: "latest", sha: history.side });
});

test("a hit at the base costs three requests, all of them reading", async () => {
  await recordedBy({});
  server.requests.length = 0;
  await find();
  const asked = server.requests.filter((request) => !request.path.includes("blobstore"));
  expect(asked.map((request) => request.method)).toEqual(["GET", "GET", "GET"]);
  expect(clientOf(server).tokenKind).toBe("bot");
});
