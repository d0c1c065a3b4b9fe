import { expect, test } from "vitest";
import { outputTail } from "./output-tail.ts";

function tailOf(text: string, size = 1000): string {
  const tail = outputTail();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) tail.add(bytes.subarray(at, at + size));
  return tail.text();
}

test("a short output is kept whole", () => {
  expect(tailOf("one\ntwo")).toBe("one\ntwo");
  expect(outputTail().text()).toBe("");
});

test("of a long output whole last lines are kept, at most 4,000 characters", () => {
  const lines = Array.from({ length: 5000 }, (_, i) => `line ${i} ä`);
  const tail = tailOf(lines.join("\n"));
  expect(tail.length).toBeLessThanOrEqual(4000);
  expect(tail.length).toBeGreaterThan(3900);
  expect(tail.split("\n")).toEqual(lines.slice(-tail.split("\n").length));
});

test.each([1, 7, 5000, 100_000])("the size of the pieces (%d) does not matter", (size) => {
  const text = Array.from({ length: 900 }, (_, i) => `step ${i}: loss 0.${i}`).join("\n");
  expect(tailOf(text, size)).toBe(tailOf(text, 64));
});

test("a last line that is too long keeps its end, without half a character", () => {
  const tail = tailOf(`first\n${"\u{1f600}".repeat(4000)}x`);
  expect(tail.isWellFormed()).toBe(true);
  expect(tail.length).toBeLessThanOrEqual(4000);
  expect(tail.endsWith("\u{1f600}x")).toBe(true);
});
