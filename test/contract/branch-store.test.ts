import { rm } from "node:fs/promises";
import type { BaselineStore } from "@metricgate/core/ports/baseline-store";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { requestsTo } from "../servers/double/request-log.ts";
import { type GitHubServer, startGitHubDouble } from "../servers/double/start.ts";
import type { StorePlace } from "./baseline-store.suite.ts";
import { type History, makeHistory } from "./history.ts";
import { branchPlace, clientOf } from "./store-places.ts";

let history: History;
let server: GitHubServer;
let place: StorePlace;
beforeAll(() => {
  history = makeHistory();
});
afterAll(() => rm(history.folder, { recursive: true, force: true }));
beforeEach(async () => {
  server = await startGitHubDouble();
  place = await branchPlace(server, history);
});
afterEach(() => place.stop());

const entry = (model: string, sha = history.c4, text = `{"of":"${model}"}`) => ({
  model,
  branch: "main",
  sha,
  files: { evaluation: new TextEncoder().encode(text), rows: new TextEncoder().encode("id\n") },
});
const read = async (store: BaselineStore, model: string) => {
  const found = await store.find({ model, branch: "main", base: history.c4, from: ["base"] });
  return found.found ? new TextDecoder().decode(found.files.evaluation) : found.why;
};
const models = Array.from({ length: 20 }, (_, index) => `model-${String(index).padStart(2, "0")}`);

describe("twenty writers at once lose nothing", () => {
  test("of twenty models, on a branch that does not exist yet", async () => {
    const written = await Promise.all(models.map((model) => place.pushed(history.c4).record(entry(model))));
    expect(written.map((one) => one.written)).toEqual(models.map(() => true));
    const store = place.reading();
    for (const model of models) expect(await read(store, model)).toBe(`{"of":"${model}"}`);
    const found = await store.find({ model: "none", branch: "main", base: history.c4, from: ["base"] });
    expect(found.known).toEqual(models);
  });

  test("of one model at the same commit: one of them wrote, the others saw it, one commit is there", async () => {
    const written = await Promise.all(models.map(() => place.pushed(history.c4).record(entry("fraud"))));
    expect(written.filter((one) => one.written)).toHaveLength(1);
    expect(await lengthOfLedger()).toBe(1);
    expect(await read(place.reading(), "fraud")).toBe('{"of":"fraud"}');
  });
});

async function lengthOfLedger(): Promise<number> {
  const [owner = "", repo = ""] = server.repository.split("/");
  const { data } = await clientOf(server).api.rest.repos.listCommits({ owner, repo, sha: "metricgate" });
  return data.length;
}

test("the ledger has no history in common with the base and holds documents only", async () => {
  await place.pushed(history.c4).record(entry("fraud"));
  await place.pushed(history.c4).record(entry("churn"));
  expect(await lengthOfLedger()).toBe(2);
  const [owner = "", repo = ""] = server.repository.split("/");
  const { data } = await clientOf(server).api.rest.git.getTree({ owner, repo, tree_sha: "metricgate", recursive: "1" });
  const files = data.tree.filter((one) => one.type === "blob").map((one) => one.path);
  expect(files.sort()).toEqual([`baselines/main/churn/${history.c4}.json`, `baselines/main/fraud/${history.c4}.json`]);
  expect(server.state.refs.get("refs/heads/main")).toBe(history.c4);
});

test("the same measurement in another run writes nothing: `run` is not part of what was measured", async () => {
  const document = (id: number) => JSON.stringify({ kind: "metricgate/evaluation@1", run: { id }, metrics: [] });
  await place.pushed(history.c4).record(entry("fraud", history.c4, document(1)));
  server.requests.length = 0;
  const again = await place.pushed(history.c4).record(entry("fraud", history.c4, document(2)));
  expect(again.written).toBe(false);
  expect(server.requests.filter((request) => request.method !== "GET")).toEqual([]);
  expect(await read(place.reading(), "fraud")).toBe(document(1));
});

test.each(["commit-then-reset", "reset-before"] as const)(
  "a connection that breaks (%s) while the branch moves leaves the record once",
  async (cut) => {
    await place.pushed(history.c4).record(entry("churn"));
    server.faults.add({ route: "PATCH /repos/:o/:r/git/refs/**", cut, times: 1 });
    expect((await place.pushed(history.c4).record(entry("fraud"))).written).toBe(true);
    expect(await read(place.reading(), "fraud")).toBe('{"of":"fraud"}');
    expect(await lengthOfLedger()).toBe(2);
    expect(requestsTo(server.requests, "PATCH /repos/**").length).toBeGreaterThan(0);
  },
);

test("a latest record may lie on a side that was merged into the base", async () => {
  await place.pushed(history.side).record(entry("fraud", history.side));
  const found = await place.reading().find({ model: "fraud", branch: "main", base: history.c4, from: ["latest"] });
  expect(found).toMatchObject({ found: true, from: "latest", sha: history.side });
});

test("a history that cannot be read is unavailable, with the cause and the next step, and never empty", async () => {
  await place.pushed(history.c4).record(entry("fraud"));
  server.faults.add({ route: "GET /repos/:o/:r/git/blobs/**", status: 403, times: 100 });
  const asked = place.reading().history?.({ model: "fraud", branch: "main", base: history.c4, window: 20 });
  await expect(asked).rejects.toMatchObject({
    problems: [{ code: "store-unavailable", next: expect.stringMatching(/\.$/) }],
  });
});

describe("the verdict on a record", () => {
  const verdict = (text: string) => ({
    model: "fraud",
    branch: "main",
    sha: history.c2,
    verdict: new TextEncoder().encode(text),
  });
  const kept = async () => {
    const past = await place.reading().history?.({ model: "fraud", branch: "main", base: history.c4, window: 20 });
    const bytes = await Promise.all((past ?? []).map(async (record) => record.verdict?.()));
    return (past ?? []).map(({ sha }, at) => [sha, bytes[at] && new TextDecoder().decode(bytes[at])]);
  };

  test("is kept beside it once, and the history tells it of that record alone", async () => {
    for (const sha of [history.c2, history.c4]) await place.pushed(sha).record(entry("fraud", sha));
    const store = place.pushed(history.c2);
    expect(await store.keepVerdict?.(verdict('{"verdict":"warn"}'))).toMatchObject({ written: true });
    expect(await kept()).toEqual([
      [history.c2, '{"verdict":"warn"}'],
      [history.c4, undefined],
    ]);
    expect(await store.keepVerdict?.(verdict('{"verdict":"warn"}'))).toMatchObject({ written: false });
    expect(await lengthOfLedger()).toBe(3);
    expect(await read(place.reading(), "fraud"), "a verdict is no baseline").toBe('{"of":"fraud"}');
  });

  test("that cannot be read or written is unavailable, with the permission", async () => {
    await place.pushed(history.c2).record(entry("fraud", history.c2));
    const path = encodeURIComponent(`verdicts/main/fraud/${history.c2}.json`);
    server.faults.add({ route: `GET /repos/:o/:r/contents/${path}`, status: 403, times: 100 });
    await expect(kept()).rejects.toMatchObject({ problems: [{ code: "store-unavailable" }] });
    server.faults.add({ route: "POST /repos/:o/:r/git/blobs", status: 403, times: 100 });
    await expect(place.pushed(history.c2).keepVerdict?.(verdict("{}"))).rejects.toMatchObject({
      name: "UnavailableError",
    });
  });
});
