import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Metric } from "../documents/evaluation.ts";
import { meanOfRuns } from "./mean-of-runs.ts";

const of = (value: number, more: Partial<Metric> = {}): Metric => ({ name: "accuracy", value, ...more });

describe("a metric of several training runs", () => {
  it("is the mean, with every run's value as its repeats, and what describes it from the first run", () => {
    const runs = [of(0.5, { direction: "up", unit: "%", from: { file: "a.json", format: "json" } }), of(0.75), of(1)];
    expect(meanOfRuns(runs, 0.95)).toEqual({ ...runs[0], value: 0.75, repeats: [0.5, 0.75, 1] });
  });

  it("has no value when one run has none, whatever the others say", () => {
    const { value: _, ...without } = of(0);
    const runs = [of(0.5), { ...without, undefined: "no-positives" }, of(1)];
    expect(meanOfRuns(runs, 0.95)).toEqual({ name: "accuracy", undefined: "no-positives" });
  });

  it("drops an interval that was the first run's alone", () => {
    const interval = { low: 0.4, high: 0.6, level: 0.95, method: "given" };
    expect(meanOfRuns([of(0.5, { interval }), of(0.7)], 0.95)).not.toHaveProperty("interval");
  });

  it("claims no less uncertainty than the rows give, and more when the runs differ", () => {
    const value = fc.double({ min: 0, max: 1, noNaN: true });
    const error = fc.double({ min: 1e-6, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 8 }), error, (values, stderr) => {
        const mean = meanOfRuns(
          values.map((one) => of(one, { stderr })),
          0.95,
        );
        expect(mean.stderr).toBeGreaterThanOrEqual(stderr * (1 - 1e-12));
        const alike = meanOfRuns(
          values.map(() => of(0.5, { stderr })),
          0.95,
        );
        expect(mean.stderr).toBeGreaterThanOrEqual((alike.stderr ?? Number.NaN) * (1 - 1e-12));
        expect(mean.interval?.low).toBeLessThanOrEqual(mean.value ?? Number.NaN);
        expect(mean.interval?.high).toBeGreaterThanOrEqual(mean.value ?? Number.NaN);
      }),
    );
  });
});
