/** Counts comparisons and keeps those that are not close. */
export interface Closeness {
  compare(what: string, ours: number, theirs: number | string, relative: number, absolute: number): void;
  count(): number;
  wrong: string[];
}

/** A fresh count: |ours − theirs| must be at most `relative`·|theirs| or `absolute`. */
export function closeness(): Closeness {
  let compared = 0;
  const wrong: string[] = [];
  return {
    wrong,
    count: () => compared,
    compare(what, ours, theirs, relative, absolute) {
      compared++;
      const wanted = typeof theirs === "number" ? theirs : Number(theirs.replace("inf", "Infinity"));
      const close = ours === wanted || Math.abs(ours - wanted) <= Math.max(absolute, relative * Math.abs(wanted));
      if (!close) wrong.push(`${what}: ${ours}, but ${theirs} by Python`);
    },
  };
}
