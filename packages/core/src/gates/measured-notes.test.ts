import { expect, test } from "vitest";
import type { Digest } from "../documents/digest.ts";
import type { Note } from "../documents/fields.ts";
import type { Selection } from "../documents/selection.ts";
import { decide } from "./decide.ts";
import type { Side } from "./decide-input.ts";
import { measuredReasons } from "./reason-table/measured-reasons.ts";
import { ruleReasons } from "./reason-table/rule-reasons.ts";

const hex = (n: number): Digest => `sha256:${n.toString(16).padStart(64, "0")}`;

function side(id: number, notes?: Note[]): Side {
  const metrics = [{ name: "accuracy", value: 0.9, direction: "up" as const }];
  const noted = notes === undefined ? {} : { notes };
  const document = { kind: "metricgate/evaluation@1" as const, model: { name: "m" }, source: {}, metrics, ...noted };
  return { received: { document, digest: hex(id) } };
}

/** The notes of the verdict on evaluations with these notes. */
function told(mine: Note[] | undefined, theirs?: Note[], anchor?: Note[]): string[] {
  const baseline = { evaluation: hex(2), from: "base" };
  const second = anchor === undefined ? {} : { anchor: { evaluation: hex(3), from: "tag:v1" } };
  const document: Selection = {
    kind: "metricgate/selection@1",
    model: "m",
    baseline,
    ...second,
    policy: { changedHere: false, advisory: false },
  };
  const verdict = decide({
    candidate: side(1, mine),
    baseline: side(2, theirs),
    ...(anchor === undefined ? {} : { anchor: side(3, anchor) }),
    selection: { document, digest: hex(7) },
  });
  return (verdict.notes ?? []).map(({ code, text }) => `${code}: ${text}`);
}

const cut = { code: "line-open", text: "The last line of p.csv has no line end." };
const placed = { code: "ids-by-position", text: "p.csv has no id column." };

test("remarks of an evaluation reach the verdict, each with the version that it is of", () => {
  expect(told([cut], [placed], [cut])).toEqual([
    "line-open: This version: The last line of p.csv has no line end.",
    "ids-by-position: The baseline: p.csv has no id column.",
    "line-open: The second baseline: The last line of p.csv has no line end.",
  ]);
});

test("a remark that both versions have is one line", () => {
  expect(told([cut, placed], [placed])).toEqual([
    "ids-by-position: Both versions: p.csv has no id column.",
    "line-open: This version: The last line of p.csv has no line end.",
  ]);
});

test("an evaluation without notes gives a verdict without notes, and what only says how a file was read stays there", () => {
  expect(told(undefined)).toEqual([]);
  expect(told([{ code: "columns", text: "Taken from p.csv: id=id." }])).toEqual([]);
});

test("many remarks of one kind are three and a count", () => {
  const many = Array.from({ length: 5 }, (_, n) => ({ code: "line-open", text: `File ${n}.` }));
  expect(told(many).map((line) => line.slice("line-open: This version: ".length))).toEqual([
    "File 0.",
    "File 1.",
    "File 2.",
    "2 more remarks of this kind, line-open.",
  ]);
});

test("an evaluation of unknown origin neither takes a code of the gate's own nor fills the verdict", () => {
  const own = Object.keys(ruleReasons).map((code) => ({ code, text: "All is well." }));
  expect(told([...own, { code: "__proto__", text: "x" }, { code: "eval-set-accepted", text: "x" }])).toEqual([]);
  const codes = Object.keys(measuredReasons);
  const flood = codes.flatMap((code) =>
    Array.from({ length: 2000 }, (_, n) => ({ code, text: `${n} ${"😀".repeat(300)}` })),
  );
  const lines = told(flood);
  expect(lines).toHaveLength(4 * codes.length);
  for (const line of lines) expect(line.length).toBeLessThan(500);
  expect(lines.join("").isWellFormed()).toBe(true);
});
