import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Client } from "./client.ts";
import { gitIn } from "./commit-look.ts";
import { commitsBetween } from "./commits-between.ts";

let folder = "";
let shallow = "";
const shas: string[] = [];
const gitAt = (where: string, ...args: string[]) =>
  execFileSync("git", ["-c", "user.name=o", "-c", "user.email=o@example.com", ...args], {
    cwd: where,
    encoding: "utf8",
    stdio: "pipe",
  }).trim();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "between-"));
  shallow = mkdtempSync(join(tmpdir(), "between-shallow-"));
  gitAt(folder, "init", "--quiet", "--initial-branch=main");
  for (const name of ["one", "two\n\nbody", "three"]) {
    writeFileSync(join(folder, `${name.slice(0, 3)} file.txt`), name);
    gitAt(folder, "add", "--all");
    gitAt(folder, "commit", "--quiet", "--message", name);
    shas.push(gitAt(folder, "rev-parse", "HEAD"));
  }
  gitAt(shallow, "clone", "--quiet", "--depth=1", `file://${folder}`, ".");
});
afterAll(() => {
  for (const one of [folder, shallow]) rmSync(one, { recursive: true, force: true });
});

const range = (): [string, string] => [shas[0] ?? "", shas[2] ?? ""];

test("git tells the commits, the newest first, and the files that differ", async () => {
  expect(await commitsBetween(...range(), { git: gitIn(folder) })).toEqual({
    commits: [
      { sha: shas[2], title: "three" },
      { sha: shas[1], title: "two" },
    ],
    total: 2,
    files: ["thr file.txt", "two file.txt"],
    complete: true,
  });
});

test("a shallow clone asks GitHub, whose list of files ends at 300; without GitHub nothing is told", async () => {
  const asked: unknown[] = [];
  const data = {
    total_commits: 7,
    commits: ["a", "b"].map((sha) => ({ sha, commit: { message: `title of ${sha}\n\nbody` } })),
    files: Array.from({ length: 300 }, (_, at) => ({ filename: `f${at}` })),
  };
  const repos = {
    compareCommitsWithBasehead: async (given: unknown) => {
      asked.push(given);
      return { data };
    },
  };
  const client = async () => ({ api: { rest: { repos } } }) as unknown as Client;
  const git = gitIn(shallow);
  const found = await commitsBetween(...range(), { git, client, repo: "octo/ml" });
  expect(found).toMatchObject({
    total: 7,
    complete: false,
    commits: [{ title: "title of b" }, { title: "title of a" }],
  });
  expect(asked).toEqual([{ owner: "octo", repo: "ml", basehead: `${shas[0]}...${shas[2]}`, per_page: 100 }]);
  expect(await commitsBetween(...range(), { git })).toBeUndefined();
});
