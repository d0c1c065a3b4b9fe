import { describe, expect, test } from "vitest";
import { closest, editDistance } from "./closest.ts";

describe("did you mean", () => {
  test.each([
    ["gaet", "gate"],
    ["max-dorp", "max-drop"],
    ["lable", "label"],
    ["wran", "warn"],
    ["Metrics", "metrics"],
  ])("%s is a slip of %s", (word, meant) => {
    expect(closest(word, ["gate", "train", "max-drop", "label", "warn", "metrics"])).toBe(meant);
  });

  test("a word that is none of them stays unexplained", () => {
    expect(closest("frobnicate", ["gate", "train"])).toBeUndefined();
    expect(closest("x", [])).toBeUndefined();
  });

  test.each([
    ["", "abc", 3],
    ["abc", "abc", 0],
    ["ab", "ba", 1],
    ["kitten", "sitting", 3],
  ])("from %j to %j it is %i", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });
});
