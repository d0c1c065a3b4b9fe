import { expect, test } from "vitest";
import { pinChanges, readsPins } from "./pins.ts";

test.each([
  ["requirements.txt", "a==1.0\nb==2\n", "a==1.1 ; python_version > '3'\nb==2\n", [["a", "1.0", "1.1"]]],
  ["env/requirements-dev.txt", "A[x]==1.0 # why\n", "a == 1.0\n", []],
  ["requirements.txt", "a>=1\n-r other.txt\n", "a==1\n", [["a", undefined, "1"]]],
  ["requirements.txt", "six==1.16.0\n", undefined, [["six", "1.16.0", undefined]]],
  [
    "uv.lock",
    '[[package]]\nname = "a"\nversion = "1"\n',
    '[[package]]\nname = "a"\nversion = "2"\n',
    [["a", "1", "2"]],
  ],
  [
    "poetry.lock",
    '[[package]]\nname = "a"\nversion = "1"\n[package.dependencies]\nversion = "9"\n',
    '[[package]]\nname = "a"\nversion = "1"\n\n[[package]]\nname = "a"\nversion = "3"\n',
    [["a", "1", "1, 3"]],
  ],
])("%s: packages whose pinned version differs", (path, before, after, changes) => {
  expect(pinChanges(path, before, after).map(({ name, before: was, after: is }) => [name, was, is])).toEqual(changes);
});

test("files whose pins are read", () => {
  const paths = [
    "requirements.txt",
    "a/constraints.txt",
    "uv.lock",
    "Cargo.lock",
    "pyproject.toml",
    "xrequirements.txt",
  ];
  expect(paths.filter(readsPins)).toEqual(paths.slice(0, 4));
});
