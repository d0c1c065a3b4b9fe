import { expect, test } from "vitest";
import { pathOr, text, textOr, whole } from "./fields.ts";

test.each([
  ["a text", text("d"), "", "is empty"],
  ["a text of blanks", text("d"), "  ", "is empty"],
  ["a text with a default", textOr("x", "d"), "", "is empty"],
  ["a path", pathOr("x", "d"), "", "is empty"],
  ["a whole number that is too small", whole(1, "d"), "0", "is below 1, the least that is allowed"],
  ["a whole number with letters", whole(1, "d"), "1x", "is not a whole number"],
] as const)("%s is refused in our words", (_, field, given, says) => {
  expect(field.safeParse(given).error?.issues.map(({ message }) => message)).toEqual([says]);
});
