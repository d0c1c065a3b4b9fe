import { expect, test } from "vitest";
import { undefinedReasons } from "../metrics/undefined-reasons.ts";
import { noValue } from "./no-value.ts";

test.each([...undefinedReasons])(
  "a metric without a value because of %s says it in words, with its own next step",
  (code, reason) => {
    expect(noValue("The candidate has m without a value", code)).toEqual({
      code: "metric-undefined",
      text: `The candidate has m without a value (${code}). ${reason.text}`,
      next: reason.next,
    });
  },
);

test("a reason that a metric file made up is shown as it is", () => {
  const { text, next } = noValue("The candidate has m without a value", "toString");
  expect(text).toBe("The candidate has m without a value (toString).");
  expect(next).not.toBe("");
});
