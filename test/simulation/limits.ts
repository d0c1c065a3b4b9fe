import type { ChangeSetting, Setting } from "./settings.ts";
import { shareOf, type Tally } from "./tally.ts";

/** A share that was counted, and where it must lie. */
export interface Limited {
  what: string;
  share: number;
  low: number;
  high: number;
}

/** The largest share of wrong verdicts: of equal models that failed, and of models at the margin that passed. */
export const MOST_WRONG = 0.03;

/** Where the coverage of a 95 % interval must lie. */
export const COVERAGE = { low: 0.93, high: 0.97 };

/** A gap between groups has no good side, so its test is two-sided, at 1 − confidence. */
export const MOST_FALSE_GAPS = 0.05;

/** One side of a prediction band of level 0.99, with room for three standard errors of 100,000 runs. */
export const MOST_OUTSIDE = 0.011;

/** What the counts of a setting must keep. */
export function limitsOf(setting: Setting, tally: Tally): Limited[] {
  const atMost = (what: string, count: number, high: number) => ({ what, share: shareOf(count, tally), low: 0, high });
  switch (setting.kind) {
    case "change": {
      const without = atMost("neither passed nor failed nor inconclusive", tally.other, 0);
      // Of ten positives on average a sample may hold fewer than two, which is missing and never a pass.
      return [...(setting.hard ? [] : [without]), ...changeLimits(setting, tally)];
    }
    case "slices":
      return [atMost("any of the equal slices failed", tally.fail, MOST_WRONG)];
    case "fairness":
      return [atMost("any gap of equal groups failed", tally.fail, MOST_FALSE_GAPS)];
    case "history":
      return [atMost("outside the band", tally.fail, MOST_OUTSIDE)];
  }
}

/** What is asked of a gate over all rows. Where few rows tell the models apart, an interval may hold more than it says. */
export function changeLimits({ truth, hard }: ChangeSetting, tally: Tally): Limited[] {
  const wrong = truth === "equal" ? { what: "failed", count: tally.fail } : { what: "passed", count: tally.pass };
  return [
    { what: wrong.what, share: shareOf(wrong.count, tally), low: 0, high: MOST_WRONG },
    { what: "covered", share: shareOf(tally.covered, tally), low: COVERAGE.low, high: hard ? 1 : COVERAGE.high },
  ];
}
