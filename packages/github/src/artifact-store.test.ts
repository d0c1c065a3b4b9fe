import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeZip } from "../test/make-zip.ts";
import { type Answer, scripted } from "../test/scripted-fetch.ts";
import { artifactStore } from "./artifact-store.ts";

const sha = (n: number): string => n.toString(16).padStart(40, "0");
const workflow = ".github/workflows/gate.yml";

interface Run {
  id: number;
  head_sha: string;
  event?: string;
  head_branch?: string;
  path?: string;
  head_repository?: { full_name: string } | null;
  artifacts?: { id: number; name: string; expired?: boolean; digest?: string; bytes?: Uint8Array }[];
}

/** Runs newest first, and a history where `commits[i]` has the parents that are listed. */
function repository(runs: Run[], commits: [string, string[]][] = [], o: { fail?: string; status?: number } = {}) {
  const artifacts = runs.flatMap((run) => run.artifacts ?? []);
  const answer = (path: string, query: URLSearchParams): Answer => {
    if (o.fail !== undefined && path.includes(o.fail)) return { status: o.status ?? 403, json: { message: "no" } };
    if (path.endsWith("/actions/workflows/gate.yml/runs")) {
      const wanted = query.get("head_sha");
      const found = runs
        .filter((run) => wanted === null || run.head_sha === wanted)
        .map((run) => ({
          event: "push",
          head_branch: "main",
          path: workflow,
          head_repository: { full_name: "octo/ml" },
          ...run,
        }));
      return { status: 200, json: { total_count: found.length, workflow_runs: found } };
    }
    const run = runs.find((one) => path.endsWith(`/runs/${one.id}/artifacts`));
    if (run)
      return {
        status: 200,
        json: { total_count: 1, artifacts: (run.artifacts ?? []).map((a) => ({ expired: false, ...a })) },
      };
    const artifact = artifacts.find((one) => path.endsWith(`/artifacts/${one.id}/zip`));
    if (artifact)
      return artifact.bytes ? { status: 200, bytes: artifact.bytes } : { status: 410, json: { message: "Gone" } };
    if (path.endsWith("/commits")) {
      const from = commits.findIndex(([id]) => id === query.get("sha"));
      const history = commits
        .slice(from)
        .map(([id, parents]) => ({ sha: id, parents: parents.map((p) => ({ sha: p })) }));
      return { status: 200, json: history };
    }
    return { status: 404, json: { message: "Not Found" } };
  };
  const github = scripted((sent) => answer(sent.path, sent.query));
  const uploads: string[] = [];
  const store = artifactStore({
    client: github.client,
    repo: "octo/ml",
    workflowPath: workflow,
    attempt: 2,
    upload: async (name) => uploads.push(name) === 1,
  });
  return { ...github, store, uploads };
}

const record = (id: number, model = "fraud", attempt = 1, text = "{}") => ({
  id,
  name: `metricgate-baseline.${model}.${attempt}`,
  bytes: makeZip([
    { name: "evaluation.json", content: text },
    { name: "rows.csv", content: "id\n" },
  ]),
});
const query = (from: ("base" | "ancestor" | "latest")[], base = sha(9)) => ({
  model: "fraud",
  branch: "main",
  base,
  from,
});
const textOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();

describe("a record at the base", () => {
  it("is found with three requests, with its rows", async () => {
    const { store, sent } = repository([{ id: 1, head_sha: sha(9), artifacts: [record(5)] }]);
    const found = await store.find(query(["base", "ancestor", "latest"]));
    expect(found).toMatchObject({ found: true, from: "base", sha: sha(9), behind: 0, known: ["fraud"] });
    expect(found.found && textOf(found.files.rows)).toBe("id\n");
    expect(sent).toHaveLength(3);
  });

  it("is that of the highest attempt that has not expired", async () => {
    const artifacts = [
      record(5, "fraud", 1, "one"),
      record(7, "fraud", 10, "ten"),
      { ...record(8, "fraud", 11), expired: true },
      record(9, "fraud", 2, "two"),
    ];
    const { store } = repository([{ id: 1, head_sha: sha(9), artifacts }]);
    const found = await store.find(query(["base"]));
    expect(found.found && textOf(found.files.evaluation)).toBe("ten");
  });

  it("is not mistaken for that of a model with a longer name", async () => {
    const { store } = repository([
      { id: 1, head_sha: sha(9), artifacts: [record(5, "fraud.1"), record(6, "fraud-2")] },
    ]);
    expect(await store.find(query(["base"]))).toMatchObject({
      found: false,
      why: "none",
      known: ["fraud-2", "fraud.1"],
    });
  });

  it("of a second model of the same job costs one more request", async () => {
    const { store, sent } = repository([{ id: 1, head_sha: sha(9), artifacts: [record(5), record(6, "churn")] }]);
    await store.find(query(["base"]));
    await store.find({ ...query(["base"]), model: "churn" });
    expect(sent).toHaveLength(4);
  });

  it.each<[string, Partial<Run>]>([
    ["a pull request", { event: "pull_request" }],
    ["a fork", { head_repository: { full_name: "mallory/ml" } }],
    ["a fork that is gone", { head_repository: null }],
    ["another workflow", { path: ".github/workflows/other.yml" }],
    ["another branch", { head_branch: "feature" }],
    ["another commit", { head_sha: sha(3) }],
  ])("is not believed from a run of %s", async (_, run) => {
    const { store, sent } = repository([{ id: 1, head_sha: sha(9), artifacts: [record(5)], ...run }]);
    expect(await store.find(query(["base"]))).toMatchObject({ found: false, why: "none", known: [] });
    expect(sent.some((s) => s.path.includes("/artifacts"))).toBe(false);
  });
});

describe("why there is none is told apart", () => {
  it.each<[string, Run[], string]>([
    ["never run", [], "none"],
    ["expired", [{ id: 1, head_sha: sha(9), artifacts: [{ ...record(5), expired: true }] }], "expired"],
    [
      "gone at the download",
      [{ id: 1, head_sha: sha(9), artifacts: [{ id: 5, name: "metricgate-baseline.fraud.1" }] }],
      "expired",
    ],
    [
      "damaged",
      [{ id: 1, head_sha: sha(9), artifacts: [{ ...record(5), digest: `sha256:${"0".repeat(64)}` }] }],
      "unavailable",
    ],
    [
      "not an archive",
      [{ id: 1, head_sha: sha(9), artifacts: [{ ...record(5), bytes: new Uint8Array(9) }] }],
      "unavailable",
    ],
    [
      "without an evaluation",
      [{ id: 1, head_sha: sha(9), artifacts: [{ ...record(5), bytes: makeZip([{ name: "a" }]) }] }],
      "unavailable",
    ],
  ])("%s", async (_, runs, why) => {
    expect(await repository(runs).store.find(query(["base"]))).toMatchObject({ found: false, why });
  });

  it("a refused request is no first run, and names the permission", async () => {
    const { store } = repository([], [], { fail: "/actions/" });
    const found = await store.find(query(["base"]));
    expect(found).toMatchObject({ found: false, why: "unavailable" });
    expect(found.tried[0]?.found).toContain("`actions: read`");
  });

  it("a workflow that GitHub does not know yet is a first run", async () => {
    const { store } = repository([], [], { fail: "/actions/", status: 404 });
    expect(await store.find(query(["base"]))).toMatchObject({ found: false, why: "none" });
  });

  it("a digest that agrees is accepted", async () => {
    const good = record(5);
    const digest = `sha256:${createHash("sha256").update(good.bytes).digest("hex")}`;
    const { store } = repository([{ id: 1, head_sha: sha(9), artifacts: [{ ...good, digest }] }]);
    expect((await store.find(query(["base"]))).found).toBe(true);
  });
});

describe("without a record at the base", () => {
  // 9 merges 8 (first parent) and 7 (a side branch); 8 and 7 come from 6.
  const commits: [string, string[]][] = [
    [sha(9), [sha(8), sha(7)]],
    [sha(7), [sha(6)]],
    [sha(8), [sha(6)]],
    [sha(6), [sha(5)]],
    [sha(5), []],
  ];

  it("`ancestor` is the nearest first parent with a record, and says how far behind it is", async () => {
    const runs = [
      { id: 4, head_sha: sha(9) },
      { id: 3, head_sha: sha(7), artifacts: [record(7)] },
      { id: 2, head_sha: sha(6), artifacts: [record(6)] },
      { id: 1, head_sha: sha(5), artifacts: [record(5)] },
    ];
    const found = await repository(runs, commits).store.find(query(["base", "ancestor", "latest"]));
    expect(found).toMatchObject({ found: true, from: "ancestor", sha: sha(6), behind: 2 });
    expect(found.tried[0]).toMatchObject({ from: "base" });
  });

  it("`latest` may lie on a side that was merged", async () => {
    const found = await repository([{ id: 3, head_sha: sha(7), artifacts: [record(7)] }], commits).store.find(
      query(["ancestor", "latest"]),
    );
    expect(found).toMatchObject({ found: true, from: "latest", sha: sha(7) });
    expect(found).not.toHaveProperty("behind");
  });

  it("a commit outside of the base's history never counts, as that of a tag called like the branch", async () => {
    const found = await repository([{ id: 3, head_sha: sha(99), artifacts: [record(7)] }], commits).store.find(
      query(["ancestor", "latest"]),
    );
    expect(found).toMatchObject({ found: false, why: "none" });
  });

  it("an expired record further back is told as expired", async () => {
    const runs = [{ id: 3, head_sha: sha(8), artifacts: [{ ...record(7), expired: true }] }];
    expect(await repository(runs, commits).store.find(query(["base", "ancestor"]))).toMatchObject({
      found: false,
      why: "expired",
    });
  });
});

it("a record is uploaded once under the model and attempt", async () => {
  const { store, uploads } = repository([]);
  const entry = { model: "fraud", branch: "main", sha: sha(9), files: { evaluation: new Uint8Array([123, 125]) } };
  expect(await store.record(entry)).toEqual({ written: true, where: "artifact metricgate-baseline.fraud.2" });
  expect((await store.record(entry)).written).toBe(false);
  expect(uploads).toEqual(["metricgate-baseline.fraud.2", "metricgate-baseline.fraud.2"]);
});
