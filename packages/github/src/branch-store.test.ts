import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Answer, type Sent, scripted } from "../test/scripted-fetch.ts";
import { branchStore } from "./branch-store.ts";

const sha = (n: number): string => n.toString(16).padStart(40, "0");
const idOf = (value: unknown): string => createHash("sha1").update(JSON.stringify(value)).digest("hex");

/** A git database as GitHub serves it: blobs, flat trees of paths, commits and one ref that only moves forward. */
function gitServer(o: { fault?: (sent: Sent) => Answer | undefined } = {}) {
  const blobs = new Map<string, string>();
  const trees = new Map<string, Record<string, string>>();
  const commits = new Map<string, { tree: string; parents: string[]; message: string }>();
  const refs = new Map<string, string>();
  const keep = <T>(map: Map<string, T>, value: T): string => {
    map.set(idOf(value), value);
    return idOf(value);
  };
  const filesAt = (ref: string) => trees.get(commits.get(refs.get(ref) ?? ref)?.tree ?? "") ?? {};
  const under = (folder: string, ref: string) => {
    const files = Object.entries(filesAt(ref)).filter(([path]) => path.startsWith(`${folder}/`));
    return new Map(files.map(([path, blob]) => [path.slice(folder.length + 1), blob]));
  };
  const write = ({ method, path, body }: Sent): Answer => {
    const made = (id: string): Answer => ({ status: 201, json: { sha: id } });
    if (path.endsWith("/git/blobs")) return made(keep(blobs, String(body.content)));
    if (path.endsWith("/git/trees")) {
      const added = (body.tree as { path: string; sha: string }[]).map((entry) => [entry.path, entry.sha]);
      return made(keep(trees, { ...trees.get(String(body.base_tree)), ...Object.fromEntries(added) }));
    }
    if (path.endsWith("/git/commits")) {
      const parents = body.parents as string[];
      return made(keep(commits, { tree: String(body.tree), parents, message: String(body.message) }));
    }
    const name = method === "POST" ? String(body.ref).replace("refs/heads/", "") : (path.split("/heads/")[1] ?? "");
    const next = String(body.sha);
    if (method === "POST" && refs.has(name)) return { status: 422, json: { message: "Reference already exists" } };
    if (method === "PATCH" && (body.force !== false || !commits.get(next)?.parents.includes(refs.get(name) ?? ""))) {
      return { status: 422, json: { message: "Update is not a fast forward" } };
    }
    refs.set(name, next);
    return { status: 200, json: { object: { sha: next } } };
  };
  const read = ({ path, query }: Sent): Answer => {
    const [, kind = "", id = ""] = /\/octo\/ml\/(?:git\/)?([a-z]+)\/?(.*)$/.exec(path) ?? [];
    const none: Answer = { status: 404, json: { message: "Not Found" } };
    if (kind === "ref") {
      const at = refs.get(id.replace("heads/", ""));
      return at === undefined ? none : { status: 200, json: { object: { sha: at } } };
    }
    if (kind === "commits") return { status: 200, json: { tree: { sha: commits.get(id)?.tree } } };
    if (kind === "blobs") return { status: 200, json: { content: blobs.get(id), encoding: "base64" } };
    if (kind === "trees") {
      const [folder = "", ref = ""] = Buffer.from(id, "base64url").toString().split("@");
      return {
        status: 200,
        json: { tree: [...under(folder, ref)].map(([file, blob]) => ({ path: file, sha: blob })) },
      };
    }
    const ref = query.get("ref") ?? "";
    const blob = filesAt(ref)[id];
    if (blob !== undefined) return { status: 200, json: { type: "file", sha: blob } };
    const names = new Set([...under(id, ref).keys()].map((file) => file.split("/")[0] ?? ""));
    if (names.size === 0) return none;
    const tree = (name: string) => Buffer.from(`${id}/${name}@${ref}`).toString("base64url");
    return { status: 200, json: [...names].map((name) => ({ name, type: "dir", sha: tree(name) })) };
  };
  const github = scripted((sent) => o.fault?.(sent) ?? (sent.method === "GET" ? read(sent) : write(sent)));
  return { ...github, files: () => Object.keys(filesAt("metricgate")), refs, commits };
}

function storeOn(client: ReturnType<typeof gitServer>["client"], seed = 1) {
  let state = seed;
  const random = () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return branchStore({ client, repo: "octo/ml", random });
}

const evaluation = (text: object) => new TextEncoder().encode(JSON.stringify(text));
const entry = (n: number, text: object = { value: n }) => ({
  model: "fraud",
  branch: "release/1.x",
  sha: sha(n),
  files: { evaluation: evaluation(text), rows: new Uint8Array(9) },
});

describe("recording", () => {
  it("makes the branch without history in common, and keeps documents only", async () => {
    const git = gitServer();
    const where = await storeOn(git.client).record(entry(1));
    expect(where).toEqual({ written: true, where: `baselines/release=2F1.x/fraud/${sha(1)}.json on metricgate` });
    expect(git.files()).toEqual([`baselines/release=2F1.x/fraud/${sha(1)}.json`]);
    expect(git.commits.get(git.refs.get("metricgate") ?? "")?.parents).toEqual([]);
  });

  it("moves no ref when the commit was measured again with the same numbers in another run", async () => {
    const git = gitServer();
    const store = storeOn(git.client);
    await store.record(entry(1, { value: 1, run: { id: 1, attempt: 1 } }));
    const before = git.writes().length;
    expect((await store.record(entry(1, { run: { id: 2, attempt: 3 }, value: 1 }))).written).toBe(false);
    expect(git.writes()).toHaveLength(before);
    expect((await store.record(entry(1, { value: 2 }))).written).toBe(true);
  });

  it("twenty writers at once lose nothing", async () => {
    const git = gitServer();
    const all = Array.from({ length: 20 }, (_, n) => storeOn(git.client, n + 1).record(entry(n)));
    expect((await Promise.all(all)).every((one) => one.written)).toBe(true);
    expect(git.files()).toHaveLength(20);
    expect(new Set(git.files()).size).toBe(20);
    expect(Math.max(...git.waits)).toBeLessThanOrEqual(3000);
    expect(git.waits.length).toBeGreaterThan(0);
  });

  it.each<[string, number]>([
    ["after it moved", 1],
    ["before it moved", 0],
  ])("survives a connection that breaks at the ref %s", async (_, moves) => {
    let broke = false;
    const git = gitServer({
      fault: (sent) => {
        if (broke || !sent.path.endsWith("/git/refs")) return undefined;
        broke = true;
        if (moves === 1) git.refs.set("metricgate", String(sent.body.sha));
        return "reset";
      },
    });
    expect((await storeOn(git.client).record(entry(1))).written).toBe(true);
    expect(git.files()).toHaveLength(1);
  });

  it.each<[string, Answer, RegExp]>([
    [
      "without the permission",
      { status: 403, json: { message: "Resource not accessible by integration" } },
      /contents: write/,
    ],
    [
      "on a protected branch",
      { status: 422, json: { message: "Repository rule violations found" } },
      /exempt it from the rule/,
    ],
  ])("says what to do %s", async (_, answer, next) => {
    const git = gitServer({ fault: (sent) => (sent.method === "GET" ? undefined : answer) });
    const refused = storeOn(git.client).record(entry(1));
    await expect(refused).rejects.toMatchObject({ name: "UnavailableError", problems: [{ code: "ledger-refused" }] });
    await expect(refused).rejects.toSatisfy((error: { problems: { next: string }[] }) =>
      next.test(error.problems[0]?.next ?? ""),
    );
  });

  it("ends with an error when the branch never stands still", async () => {
    const moved: Answer = { status: 422, json: { message: "Reference already exists" } };
    const git = gitServer({ fault: (sent) => (sent.path.endsWith("/git/refs") ? moved : undefined) });
    await expect(storeOn(git.client).record(entry(1))).rejects.toMatchObject({ problems: [{ code: "ledger-busy" }] });
  });
});

describe("finding", () => {
  const query = { model: "fraud", branch: "release/1.x", base: sha(1), from: ["base", "latest"] as const };

  it("gives the document at the base with three requests, and the models it knows", async () => {
    const git = gitServer();
    await storeOn(git.client).record(entry(1));
    await storeOn(git.client).record({ ...entry(1), model: "churn" });
    const before = git.sent.length;
    const found = await storeOn(git.client).find(query);
    expect(found).toMatchObject({
      found: true,
      from: "base",
      known: ["churn", "fraud"],
      files: { evaluation: evaluation({ value: 1 }) },
    });
    expect(git.sent.length - before).toBe(3);
  });

  it("is a first run before the branch exists", async () => {
    expect(await storeOn(gitServer().client).find(query)).toMatchObject({ found: false, why: "none", known: [] });
  });

  it("never takes records of another base branch", async () => {
    const git = gitServer();
    await storeOn(git.client).record({ ...entry(1), branch: "release" });
    expect(await storeOn(git.client).find(query)).toMatchObject({ found: false, known: [] });
  });

  it("a failing GitHub is no first run", async () => {
    const git = gitServer({ fault: () => ({ status: 503 }) });
    expect(await storeOn(git.client).find(query)).toMatchObject({ found: false, why: "unavailable" });
  });
});

it.each(["", "-x", "a..b", "a/", "a b", "a.lock", "a/.b", "../x", "a~1"])(
  "%j cannot be the ledger's name",
  (branch) => {
    const make = () => branchStore({ client: gitServer().client, repo: "octo/ml", branch, random: () => 0 });
    expect(make).toThrow(/cannot be the name/);
  },
);
