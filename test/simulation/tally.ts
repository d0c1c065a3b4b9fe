/** How often each outcome was found in the runs of one setting, and how many intervals held the true change. */
export interface Tally {
  runs: number;
  pass: number;
  fail: number;
  inconclusive: number;
  /** Missing or skipped, which never should be. */
  other: number;
  covered: number;
}

export const NOTHING: Tally = { runs: 0, pass: 0, fail: 0, inconclusive: 0, other: 0, covered: 0 };

/** The counts of both. */
export function together(a: Tally, b: Tally): Tally {
  return {
    runs: a.runs + b.runs,
    pass: a.pass + b.pass,
    fail: a.fail + b.fail,
    inconclusive: a.inconclusive + b.inconclusive,
    other: a.other + b.other,
    covered: a.covered + b.covered,
  };
}

/** A share of the runs. */
export function shareOf(count: number, { runs }: Tally): number {
  return count / runs;
}

/** The standard error of a share, √(p(1 − p)/runs). */
export function errorOf(share: number, { runs }: Tally): number {
  return Math.sqrt((share * (1 - share)) / runs);
}
