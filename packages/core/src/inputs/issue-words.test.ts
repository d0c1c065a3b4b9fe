import { expect, test } from "vitest";
import { z } from "zod";
import { issueWords } from "./issue-words.ts";

test.each([
  [z.number().nonnegative(), -1, "is below 0, the least that is allowed"],
  [z.number().int().min(1), 0, "is below 1, the least that is allowed"],
  [z.number().gt(0.5), 0.5, "is not above 0.5"],
  [z.number().lt(1), 1, "is not below 1"],
  [z.number().max(1000), 2000, "is above 1000, the most that is allowed"],
  [z.string().min(1), "", "is empty"],
  [z.string().max(3), "four", "has more than 3 characters"],
  [z.array(z.string()).min(1), [], "is empty"],
  [z.iso.date(), "soon", "is not a date such as 2026-12-15"],
  [z.iso.datetime({ offset: true }), "2026-12-15", "is not a date and time such as 2026-12-15T12:00:00Z"],
  [z.string().regex(/^a$/, "is not an a"), "b", "is not an a"],
])("a refused value is told in words (%#)", (schema, value, words) => {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  expect(issue && issueWords(issue as Parameters<typeof issueWords>[0])).toBe(words);
});
