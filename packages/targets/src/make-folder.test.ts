import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeFolder } from "./make-folder.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "folders-"));
});
afterEach(() => rmSync(root, { recursive: true }));

test("a folder is made with those above it, and again without harm", () => {
  const deep = join(root, "a/b/c");
  makeFolder(deep);
  makeFolder(deep);
  expect(existsSync(deep)).toBe(true);
});

test("below a file there is no folder", () => {
  writeFileSync(join(root, "file"), "");
  expect(() => makeFolder(join(root, "file/a"))).toThrow(/ENOTDIR|ENOENT/);
});

test.skipIf(!existsSync("/proc/self"))("a file system that takes no folders is an error, not an endless loop", () => {
  expect(() => makeFolder("/proc/metricgate/a")).toThrow(/ENOENT|EACCES|EPERM/);
});
