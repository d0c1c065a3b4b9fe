import { expect, it } from "vitest";
import { philoxDraws } from "./draws/philox.ts";
import { historyBand } from "./history-band.ts";
import { normalQuantile } from "./normal.ts";

it("fewer than five runs, or a value that is none, give no band", () => {
  expect(historyBand([1, 2, 3, 4], "up")).toEqual({ undefined: "too-few-runs" });
  expect(historyBand([1, 2, 3, 4, Number.NaN], "up")).toEqual({ undefined: "not-finite" });
});

it("is bounded only where a value could be bad", () => {
  const values = [1, 2, 3, 4, 5];
  expect(Object.keys(historyBand(values, "up"))).not.toContain("high");
  expect(Object.keys(historyBand(values, "down"))).not.toContain("low");
  expect(historyBand(values, "near")).toMatchObject({
    centre: 3,
    n: 5,
    low: expect.any(Number),
    high: expect.any(Number),
  });
});

it("of equal values leaves room for rounding", () => {
  const band = historyBand(
    Array.from({ length: 6 }, () => 0.1 + 0.2),
    "near",
  );
  if ("undefined" in band) throw new Error(band.undefined);
  expect(band.low).toBeLessThan(0.3);
  expect(band.high).toBeGreaterThan(0.3 + 2e-10);
});

it("a share of the mean is a share of its size", () => {
  const band = historyBand([-9, -11, -10, -10, -10], "near", { method: "percentage", share: 0.1 });
  expect(band).toMatchObject({ low: -11, high: -9, centre: -10 });
});

it.each([5, 10, 20])("of %d runs raises one false alarm in a hundred", (n) => {
  const draws = philoxDraws(5, 9);
  const runs = 20_000;
  let alarms = 0;
  for (let run = 0; run < runs; run++) {
    draws.restart(run);
    const values = Array.from({ length: n }, () => normalQuantile(draws.next()));
    const band = historyBand(values, "up");
    if (!("undefined" in band) && normalQuantile(draws.next()) < (band.low ?? Number.NaN)) alarms++;
  }
  expect(Math.abs(alarms / runs - 0.01)).toBeLessThan(4 * Math.sqrt((0.01 * 0.99) / runs));
});
