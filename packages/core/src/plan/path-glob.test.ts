import fc from "fast-check";
import { expect, test } from "vitest";
import { anyMatches, pathMatches } from "./path-glob.ts";

test.each([
  ["models/fraud/**", "models/fraud/train.py", true],
  ["models/fraud/**", "models/fraud/a/b/c.py", true],
  ["models/fraud/**", "models/fraud2/train.py", false],
  ["models/fraud/", "models/fraud/a/b.py", true],
  ["**/*.py", "a.py", true],
  ["**/*.py", "x/y/a.py", true],
  ["*.py", "x/a.py", false],
  ["data/eval*", "data/eval.csv", true],
  ["data/eval*", "data/eval/part.csv", false],
  ["a/**/b", "a/b", true],
  ["a/**/b", "a/x/y/b", true],
  ["a/?/b", "a/xy/b", false],
  [".github/**", ".github/workflows/gate.yml", true],
  ["./src/*", "src/a", true],
  ["[a]/x", "a/x", false],
  ["A/x", "a/x", false],
])("%s and %s: %s", (pattern, path, expected) => {
  expect(pathMatches(pattern, path)).toBe(expected);
});

test.each([
  [["models/spam"], "models/spam/train.py", true],
  [["models/spam"], "models/spam", true],
  [["models/spam"], "models/spam2/train.py", false],
  [["models/spam"], "x/models/spam/train.py", false],
  [["docs", "models/spam/"], "models/spam/a/b.py", true],
  [["models/*"], "models/spam/train.py", false],
])("%j and %s: %s", (patterns, path, expected) => {
  expect(anyMatches(patterns, path)).toBe(expected);
});

test("every path matches itself and **, and a path made to go back often ends at once", () => {
  const name = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,7}$/);
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 6 }), (names) => {
      const path = names.join("/");
      expect(pathMatches("**", path)).toBe(true);
      expect(pathMatches(path, path)).toBe(true);
      expect(pathMatches(`${path}x`, path)).toBe(false);
    }),
  );
  expect(pathMatches(`${"*a".repeat(50)}b`, "a".repeat(4000))).toBe(false);
});
