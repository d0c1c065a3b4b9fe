import { expect } from "vitest";
import { askPython, type OracleCall } from "./ask-python.ts";
import { closeness } from "./closeness.ts";

/** A call with the numbers that we found. */
export interface Case extends OracleCall {
  ours: readonly number[];
}

/** Asks Python for every case and returns those with a number that differs by more than `relative` of it and 1e-12. */
export function differing(cases: readonly Case[], relative = 1e-10): string[] {
  const { compare, wrong, count } = closeness();
  const answer = askPython({ calls: cases.map(({ name, args }) => ({ name, args })) });
  cases.forEach(({ name, ours }, i) => {
    const theirs = answer.calls[i];
    if (!Array.isArray(theirs) || theirs.length !== ours.length) throw new Error("Python answered something else");
    theirs.forEach((value, part) => {
      compare(`case ${i} ${name} part ${part}`, ours[part] ?? Number.NaN, value, relative, 1e-12);
    });
  });
  console.log(`oracle: ${count()} ends and p-values of ${cases[0]?.name} compared`);
  expect(count()).toBeGreaterThan(30);
  return wrong;
}

/** An interval's ends, or NaN where there is none. */
export function ends(found: { interval?: { low: number; high: number } } | { undefined: string }): [number, number] {
  if ("undefined" in found) throw new Error(found.undefined);
  return [found.interval?.low ?? Number.NaN, found.interval?.high ?? Number.NaN];
}
