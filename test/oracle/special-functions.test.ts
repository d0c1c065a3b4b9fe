import { incompleteBeta } from "@metricgate/core/statistics/incomplete-beta";
import { normalCdf, normalQuantile } from "@metricgate/core/statistics/normal";
import { studentCdf, studentQuantile } from "@metricgate/core/statistics/student";
import { describe, expect, it } from "vitest";
import { askPython, type OracleCall, oracleRuns } from "./ask-python.ts";
import { closeness } from "./closeness.ts";
import { draws } from "./draws.ts";

interface Case extends OracleCall {
  ours: number;
}

const freedoms = [1, 1.5, 2, 3, 4.7, 9, 10, 29, 30, 99.5, 1000, 12_345.6, 99_999, 100_001, 1e6];
const points = [0, 1e-4, 0.001, 0.3, 0.9999, 1, 1.5, 2, 2.0001, 2.828, 3, 5, 8, 12, 30];
const shares = [1e-10, 1e-6, 0.001, 0.0125, 0.025, 0.1, 0.3, 0.4999, 0.5, 0.50001, 0.8, 0.95, 0.975, 0.995, 0.999999];

/** Cases at fixed and drawn arguments. */
function cases(): Case[] {
  const next = draws(42);
  const found: Case[] = [];
  const drawnPoints = [...points, ...Array.from({ length: 40 }, () => next() * 6)];
  const drawnShares = [...shares, ...Array.from({ length: 40 }, next)];
  for (const z of drawnPoints.flatMap((x) => [x, -x])) {
    found.push({ name: "normalCdf", args: [z], ours: normalCdf(z) });
    for (const df of freedoms) found.push({ name: "studentCdf", args: [z, df], ours: studentCdf(z, df) });
  }
  for (const p of drawnShares) {
    found.push({ name: "normalQuantile", args: [p], ours: normalQuantile(p) });
    for (const df of freedoms) found.push({ name: "studentQuantile", args: [p, df], ours: studentQuantile(p, df) });
  }
  for (const a of [0.05, 0.5, 1, 2.5, 10, 333, 5000]) {
    for (const b of [0.05, 0.5, 1, 3.5, 12, 500]) {
      for (const x of [1e-6, 0.01, 0.1, 0.37, 0.5, 0.75, 0.99, 0.99999]) {
        found.push({ name: "incompleteBeta", args: [x, a, b], ours: incompleteBeta(x, 1 - x, a, b) });
      }
    }
  }
  return found;
}

describe.runIf(oracleRuns)("the special functions", () => {
  it("equal scipy's to 1e-11 of the value, or 1e-13", () => {
    const { compare, wrong, count } = closeness();
    const asked = cases();
    const answer = askPython({ calls: asked.map(({ name, args }) => ({ name, args })) });
    asked.forEach(({ name, args, ours }, i) => {
      const theirs = answer.calls[i];
      if (theirs === undefined || Array.isArray(theirs)) throw new Error("Python answered something else");
      compare(`${name}(${args.join(", ")})`, ours, theirs, 1e-11, 1e-13);
    });
    console.log(`oracle: ${count()} values of special functions compared`);
    expect(wrong).toEqual([]);
    expect(count()).toBe(asked.length);
  }, 120_000);
});
