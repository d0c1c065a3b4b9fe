import { expect, it } from "vitest";
import { studentCdf, studentQuantile } from "./student.ts";

it.each([1e-8, 0.01, 1, 5, 1000])("with one degree of freedom is Cauchy's distribution, at -%f", (t) => {
  const exact = t > 1 ? Math.atan(1 / t) / Math.PI : 0.5 - Math.atan(t) / Math.PI;
  expect(Math.abs(studentCdf(-t, 1) / exact - 1)).toBeLessThan(1e-12);
});

it("with endless degrees of freedom is the normal, which it approaches without a jump", () => {
  expect(studentQuantile(0.975, Number.POSITIVE_INFINITY)).toBeCloseTo(1.959963984540054, 14);
  expect(studentQuantile(0.975, 99_999.999) - studentQuantile(0.975, 100_000)).toBeLessThan(1e-12 + 3e-13);
});
