import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { scripted } from "../test/scripted-fetch.ts";
import { commitLook, gitIn } from "./commit-look.ts";

let folder = "";
let shallow = "";
const git = (where: string, ...args: string[]): string => {
  const identity = {
    GIT_AUTHOR_NAME: "a",
    GIT_AUTHOR_EMAIL: "a@test",
    GIT_COMMITTER_NAME: "a",
    GIT_COMMITTER_EMAIL: "a@test",
  };
  const env = { ...process.env, ...identity, GIT_COMMITTER_DATE: "2026-11-20T16:02:00+01:00" };
  return execFileSync("git", args, { cwd: where, env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
};

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "metricgate-look-"));
  const origin = path.join(folder, "origin");
  git(folder, "init", "-q", "-b", "main", origin);
  for (const n of [1, 2]) {
    writeFileSync(path.join(origin, "file"), String(n));
    git(origin, "add", "file");
    git(origin, "commit", "-q", "-m", `commit ${n}`);
  }
  shallow = path.join(folder, "shallow");
  git(folder, "clone", "-q", "--depth", "1", `file://${origin}`, shallow);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("a shallow clone tells the parents and the time of the tested commit, without any request", async () => {
  const { client, sent } = scripted(() => ({ status: 500 }));
  const look = commitLook({ git: gitIn(shallow), client, repo: "octo/ml" });
  const tip = (await look.checkedOut()) ?? "";
  expect(await look.parents(tip)).toEqual([git(path.join(folder, "origin"), "rev-parse", "main~1")]);
  expect(await look.committedAt(tip)).toBe("2026-11-20T15:02:00Z");
  expect(sent).toEqual([]);
});

it("a commit that git lacks is asked of GitHub, once", async () => {
  const json = { parents: [{ sha: "p" }], committer: { date: "2026-11-20T15:02:00Z" } };
  const { client, sent } = scripted(() => ({ status: 200, json }));
  const look = commitLook({ git: gitIn(shallow), client, repo: "octo/ml" });
  expect(await look.parents("f".repeat(40))).toEqual(["p"]);
  expect(await look.committedAt("f".repeat(40))).toBe("2026-11-20T15:02:00Z");
  expect(sent.map((s) => s.path)).toEqual([`/repos/octo/ml/git/commits/${"f".repeat(40)}`]);
});

it("a commit that nobody knows has no parents and no time", async () => {
  const { client } = scripted(() => ({ status: 404, json: { message: "Not Found" } }));
  const look = commitLook({ git: gitIn(shallow), client, repo: "octo/ml" });
  expect(await look.parents("f".repeat(40))).toBeUndefined();
  expect(await commitLook({ git: gitIn(folder) }).committedAt("f".repeat(40))).toBeUndefined();
});

it("where a branch left its base is GitHub's word, or git's on a laptop", async () => {
  const { client } = scripted(() => ({ status: 200, json: { merge_base_commit: { sha: "m" } } }));
  expect(await commitLook({ git: gitIn(shallow), client, repo: "octo/ml" }).mergeBase("main", "x")).toBe("m");
  const origin = path.join(folder, "origin");
  const parent = git(origin, "rev-parse", "main~1");
  expect(await commitLook({ git: gitIn(origin) }).mergeBase("main", parent)).toBe(parent);
});
