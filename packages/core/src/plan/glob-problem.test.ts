import fc from "fast-check";
import { expect, test } from "vitest";
import { globProblem } from "./glob-problem.ts";
import { anyMatches } from "./path-glob.ts";

test.each([
  ["", "empty"],
  [" ", "empty"],
  ["{a,b}/**", "braces"],
  ["models/[ms]*", "brackets"],
  ["models\\spam", "backslash"],
  ["!docs/**", "!"],
  ["../shared/**", "upwards"],
  ["a/../b", "upwards"],
])("%j is refused: %s", (pattern, says) => {
  expect(globProblem(pattern)?.text).toContain(says);
});

test.each(["models/spam", "models/**", "*.py", "**/*.py", "a?c", "./a", "a..b/c", "/a", ".github/"])(
  "%s is a glob",
  (pattern) => {
    expect(globProblem(pattern)).toBeUndefined();
  },
);

test("a glob without wildcards that is not refused matches the path that it names, and all below it", () => {
  const pattern = fc.stringMatching(/^[a-z0-9._{}[\]\\!-]{1,6}(\/[a-z0-9._{}[\]\\!-]{1,6}){0,3}$/);
  fc.assert(
    fc.property(pattern, (glob) => {
      fc.pre(globProblem(glob) === undefined && !glob.split("/").includes("."));
      expect(anyMatches([glob], glob)).toBe(true);
      expect(anyMatches([glob], `${glob}/x/y`)).toBe(true);
      expect(anyMatches([glob], `${glob}x`)).toBe(false);
    }),
  );
});
