import { expect, test } from "vitest";
import { visibleIn } from "./visible-in.ts";

test("every text and key of a document is on one line, and numbers are as they were", () => {
  expect(visibleIn({ id: "a\n::error::b", slice: { "c\nd": "e\u001b" }, n: 1, list: ["\u0007", null, true] })).toEqual({
    id: "a\\u000a::error::b",
    slice: { "c\\u000ad": "e\\u001b" },
    n: 1,
    list: ["\\u0007", null, true],
  });
});
