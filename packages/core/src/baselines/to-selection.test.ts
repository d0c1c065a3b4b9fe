import { expect, test } from "vitest";
import type { Digest } from "../documents/digest.ts";
import { selection } from "../documents/selection.ts";
import type { BaselineLookup } from "../ports/baseline-store.ts";
import { type SelectionFacts, toSelection } from "./to-selection.ts";

const evaluation: Digest = `sha256:${"0".repeat(64)}`;
const policy = { changedHere: false, advisory: false };
const none = (why: "none" | "expired" | "unavailable", known: string[] = []): BaselineLookup => ({
  found: false,
  why,
  tried: [],
  known,
});
const given = (lookup: BaselineLookup, more: Partial<SelectionFacts> = {}) => {
  const found = toSelection({ model: "m", lookup, policy, models: { basePolicy: [], present: ["m"] }, ...more });
  expect(selection.safeParse(found).error).toBeUndefined();
  return found;
};

test.each<[string, BaselineLookup, SelectionFacts["models"], string]>([
  ["nobody knows the model", none("none"), { basePolicy: [], present: ["m"] }, "first-run"],
  [
    "another model is known and still measured",
    none("none", ["n"]),
    { basePolicy: ["n"], present: ["m", "n"] },
    "first-run",
  ],
  ["the records know it", none("none", ["m"]), { basePolicy: [], present: ["m"] }, "baseline-missing"],
  ["the base's policy knows it", none("none"), { basePolicy: ["m"], present: ["m"] }, "baseline-missing"],
  ["a recorded model is left out", none("none", ["old"]), { basePolicy: [], present: ["m"] }, "left-out"],
  ["a model of the policy is left out", none("none"), { basePolicy: ["old"], present: ["m"] }, "left-out"],
  ["expired", none("expired"), { basePolicy: [], present: ["m"] }, "baseline-expired"],
  ["unavailable is never a first run", none("unavailable"), { basePolicy: [], present: ["m"] }, "store-unavailable"],
])("no baseline: %s", (_, lookup, models, code) => {
  expect(given(lookup, { models }).baselineMissing?.code).toBe(code);
});

const hit = (from: "base" | "ancestor" | "latest"): BaselineLookup => ({
  found: true,
  from,
  files: { evaluation: new Uint8Array() },
  tried: [],
  known: ["m"],
});
const aged = (days: number) => ({
  read: { evaluation, committedAt: "2026-11-01T00:00:00Z" },
  committedAt: `2026-11-${String(1 + days).padStart(2, "0")}T00:00:00Z`,
});

test.each([
  ["latest", 14, undefined, undefined],
  ["latest", 15, undefined, true],
  ["ancestor", 8, "7d", true],
  ["base", 20, "7d", undefined],
] as const)("a baseline from %s, %i days old, max-age %s: stale %s", (from, days, maxAge, stale) => {
  const found = given(hit(from), { ...aged(days), ...(maxAge === undefined ? {} : { maxAge }) });
  expect([found.baseline?.ageDays, found.baseline?.stale]).toEqual([days, stale]);
});

test("an age that is not known is said, and a baseline that cannot be read is none", () => {
  expect(given(hit("latest"), { read: { evaluation } }).notes?.[0]?.code).toBe("ages-not-checked");
  expect(given(hit("base"), { read: { unreadable: "not JSON" } }).baselineMissing?.code).toBe("baseline-unreadable");
});
