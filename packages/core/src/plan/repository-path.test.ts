import fc from "fast-check";
import { expect, test } from "vitest";
import { normalPath, repositoryPath, seenFrom, touchedFrom } from "./repository-path.ts";

const policy = ".github/metricgate.yml";

test.each([
  "./.github/metricgate.yml",
  ".github//metricgate.yml",
  ".github/../.github/metricgate.yml",
  ".github/./metricgate.yml",
  ".\\.github\\metricgate.yml",
  "././x/../.github/metricgate.yml",
])("%s is one spelling of the policy's path", (path) => {
  expect(normalPath(path)).toBe(policy);
  expect(repositoryPath(".", path)).toBe(policy);
  expect(repositoryPath("sub", path)).toBe(`sub/${policy}`);
});

test.each([
  ["sub", "../a.yml", "a.yml"],
  ["sub/deep/", "../a.yml", "sub/a.yml"],
  ["./sub", "a.yml", "sub/a.yml"],
  [".", "../a.yml", undefined],
  ["sub", "../../a.yml", undefined],
  [".", "/a.yml", undefined],
  [".", "C:\\a.yml", undefined],
  [".", "a/../../b.yml", undefined],
])("from %s the file %s is %s of the repository", (folder, path, expected) => {
  expect(repositoryPath(folder, path)).toBe(expected);
});

test("a path of the repository is found again from every folder", () => {
  const name = fc.constantFrom("a", "b", "c", "models");
  const names = fc.array(name, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(name, { maxLength: 3 }), names, (folder, path) => {
      const seen = seenFrom(folder.join("/") || ".", path.join("/"));
      expect(repositoryPath(folder.join("/") || ".", seen)).toBe(path.join("/"));
    }),
  );
});

test("touched files are written from the working directory, those beside it with ..", () => {
  const touched = { paths: ["sub/models/a.py", "README.md", "subject/a"], complete: true };
  expect(touchedFrom("sub", touched)).toEqual({
    paths: ["models/a.py", "../README.md", "../subject/a"],
    complete: true,
  });
  expect(touchedFrom(".", touched)).toEqual(touched);
});
