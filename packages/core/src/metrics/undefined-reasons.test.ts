import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { undefinedReasons } from "./undefined-reasons.ts";

const folder = new URL(".", import.meta.url);
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
  (name) => name.endsWith(".ts") && !name.endsWith(".test.ts"),
);

it("every code that a metric names instead of a value has a sentence and a next step", () => {
  const named = new Set<string>();
  for (const source of sources) {
    const text = readFileSync(new URL(source, folder), "utf8");
    for (const [, code] of text.matchAll(/(?:undefined|empty): "([a-z-]+)"/g)) named.add(code ?? "");
    for (const [, code] of text.matchAll(/(?:rateOf|ratioOf)\([^;]*?"([a-z]+-[a-z-]+)"/gs)) named.add(code ?? "");
  }
  expect(named.size).toBeGreaterThan(30);
  expect([...named].filter((code) => !undefinedReasons.has(code))).toEqual([]);
});

it("sentences end with a full stop and no two codes say the same", () => {
  const texts = [...undefinedReasons.values()].map(({ text }) => text);
  expect(new Set(texts).size).toBe(texts.length);
  for (const { text, next } of undefinedReasons.values()) {
    expect(text).toMatch(/^[A-Z].*\.$/);
    expect(next).toMatch(/^[A-Z].*\.$/);
  }
});
