import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { repositoryFolder } from "./repository-folder.ts";

let job = "";
beforeEach(() => {
  job = realpathSync(mkdtempSync(join(tmpdir(), "job-")));
});
afterEach(() => rmSync(job, { recursive: true }));

const policy = ".github/metricgate.yml";
const at = (...names: string[]) => join(job, ...names);
const made = (...names: string[]) => mkdirSync(at(...names), { recursive: true });

test("a path in the working directory is asked for below it, wherever the repository was checked out", () => {
  made("sub");
  made("checkout", ".git");
  made("checkout", "sub");
  expect(repositoryFolder(job, job).pathOf(policy)).toBe(policy);
  expect(repositoryFolder(at("sub"), job).pathOf(policy)).toBe(`sub/${policy}`);
  expect(repositoryFolder(at("checkout"), job).pathOf(policy)).toBe(policy);
  expect(repositoryFolder(at("checkout", "sub"), job).pathOf("../a.yml")).toBe("a.yml");
  expect(repositoryFolder(at("checkout", "sub"), undefined).folder).toBe("sub");
});

test("a submodule is a folder of the repository, as a pull request can make one; a work tree is a checkout", () => {
  made(".git");
  made("sub");
  writeFileSync(at("sub", ".git"), "gitdir: ../.git/modules/sub\n");
  expect(repositoryFolder(at("sub"), job).pathOf(policy)).toBe(`sub/${policy}`);
  writeFileSync(at("sub", ".git"), "gitdir: /elsewhere/.git/worktrees/sub\n");
  expect(repositoryFolder(at("sub"), job).pathOf(policy)).toBe(policy);
});

test("what lies outside of the repository is refused", () => {
  made("sub");
  const outside = expect.objectContaining({ problems: [expect.objectContaining({ code: "outside-workspace" })] });
  expect(() => repositoryFolder(at("sub"), job).pathOf("../../a.yml")).toThrow(outside);
  expect(() => repositoryFolder(at("sub"), job).pathOf(at("sub", "a.yml"))).toThrow(outside);
  expect(() => repositoryFolder(tmpdir(), job).pathOf(policy)).toThrow(outside);
});

test("a working directory behind a link is refused: a pull request could make it lead to another policy", () => {
  made("other");
  symlinkSync(at("other"), at("sub"));
  expect(() => repositoryFolder(at("sub"), job).pathOf(policy)).toThrow("leads through a link");
});
