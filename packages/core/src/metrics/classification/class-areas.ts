import { effectiveRows } from "../../statistics/effective-rows.ts";
import { sum } from "../../statistics/sum.ts";
import type { RowTable } from "../../tables/row-table.ts";
import type { Measured, Undefined } from "../measured.ts";
import { type ClassScores, classScoresOf } from "./class-scores.ts";
import { rocAuc } from "./roc-auc.ts";
import { classScoredOf, type Scored, scoredFrom } from "./scored.ts";

/** The rows of each class against all others, by the column `score:CLASS`. */
export function oneVersusRest(rows: RowTable, at: Int32Array | undefined): Scored[] | Undefined {
  const classScores = classScoresOf(rows, at);
  if ("undefined" in classScores) return classScores;
  const found: Scored[] = [];
  for (const name of classScores.names) {
    const scored = classScoredOf(rows, at, name, `score:${name}`);
    if ("undefined" in scored) return scored;
    found.push(scored);
  }
  return found;
}

/**
 * The mean of an area over classes, plain or weighted by the classes' rows. A class without a value (no row of it, or no other) is a
 * reason, as in scikit-learn, or with `ignore` left out.
 */
export function meanArea(
  area: (scored: Scored) => Measured | Undefined,
  classes: readonly Scored[],
  average: "macro" | "weighted",
  absent: "zero" | "ignore",
): Measured | Undefined {
  const parts: { scored: Scored; measured: Measured }[] = [];
  let missing: Undefined | undefined;
  for (const scored of classes) {
    // A class without rows has no share of a weighted mean.
    if (average === "weighted" && scored.positives === 0) continue;
    const measured = area(scored);
    if (!("undefined" in measured)) parts.push({ scored, measured });
    else if (absent === "ignore") missing ??= measured;
    else return { undefined: scored.positives === 0 ? "absent-class" : measured.undefined };
  }
  if (parts.length === 0) return missing ?? { undefined: "no-positives" };
  const total = sum(parts.map(({ scored }) => scored.positives));
  const shareOf = (scored: Scored) => (average === "weighted" ? scored.positives / total : 1 / parts.length);
  const value = sum(parts.map(({ scored, measured }) => shareOf(scored) * measured.value));
  const n = parts[0]?.measured.n ?? 0;
  const influence = new Float64Array(n);
  let support = Number.POSITIVE_INFINITY;
  for (const { scored, measured } of parts) {
    const share = shareOf(scored);
    // More weight of a row also moves the shares of the classes.
    const moved = average === "weighted" ? (measured.value - value) / total : 0;
    for (let i = 0; i < n; i++) {
      const own = scored.positive[i] === 1 ? moved * (scored.weights[i] ?? 0) : 0;
      influence[i] = (influence[i] ?? 0) + share * (measured.influence[i] ?? 0) + own;
    }
    support = Math.min(support, measured.support);
  }
  return { value, n, influence, kind: "rank", support };
}

/** The rows of two classes, by the score of the first. */
function pairOf({ scores, truth, weights }: ClassScores, at: Int32Array, first: number): Scored {
  const column = scores[first];
  const positive = Uint8Array.from(at, (i) => (truth[i] === first ? 1 : 0));
  return scoredFrom(
    positive,
    Float64Array.from(at, (i) => column?.[i] ?? 0),
    Float64Array.from(at, (i) => weights[i] ?? 0),
    false,
  );
}

/**
 * The mean over pairs of classes of the area of each against the other (Hand and Till 2001), plain or weighted by the pair's rows.
 * Equals sklearn's `roc_auc_score(multi_class="ovo")`, which takes no row weights; classes without rows are left out.
 */
export function rocAucOneVersusOne(found: ClassScores, average: "macro" | "weighted"): Measured | Undefined {
  const { truth, weights, names } = found;
  const totals = new Float64Array(names.length);
  for (let i = 0; i < truth.length; i++) totals[truth[i] ?? 0] = (totals[truth[i] ?? 0] ?? 0) + (weights[i] ?? 0);
  const present = [...totals.keys()].filter((k) => (totals[k] ?? 0) > 0);
  if (present.length < 2) return { undefined: "one-class" };
  const rowsOf = present.map((k) => Int32Array.from(truth.keys()).filter((i) => truth[i] === k));
  const all = sum(totals);
  const pairs = (present.length * (present.length - 1)) / 2;
  const influence = new Float64Array(truth.length);
  const areaOfClass = new Float64Array(names.length);
  const terms: number[] = [];
  present.forEach((a, x) => {
    present.slice(x + 1).forEach((b, y) => {
      const rows = joined(rowsOf[x], rowsOf[x + 1 + y]);
      const share =
        average === "macro" ? 1 / pairs : ((totals[a] ?? 0) + (totals[b] ?? 0)) / all / (present.length - 1);
      for (const first of [a, b]) {
        const area = rocAuc(pairOf(found, rows, first));
        if ("undefined" in area) continue;
        terms.push((share * area.value) / 2);
        for (let j = 0; j < rows.length; j++) {
          const i = rows[j] ?? 0;
          influence[i] = (influence[i] ?? 0) + (share * (area.influence[j] ?? 0)) / 2;
        }
        for (const k of [a, b]) areaOfClass[k] = (areaOfClass[k] ?? 0) + area.value / 2;
      }
    });
  });
  const value = sum(terms);
  if (average === "weighted") {
    // A row's weight also moves the shares of all pairs of its class.
    for (let i = 0; i < influence.length; i++) {
      const moved = ((areaOfClass[truth[i] ?? 0] ?? 0) / (present.length - 1) - value) / all;
      influence[i] = (influence[i] ?? 0) + moved * (weights[i] ?? 0);
    }
  }
  const support = Math.min(...rowsOf.map((rows) => effectiveRows(Float64Array.from(rows, (i) => weights[i] ?? 0))));
  return { value, n: influence.length, influence, kind: "rank", support };
}

function joined(a = new Int32Array(0), b = new Int32Array(0)): Int32Array {
  const both = new Int32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both.sort();
}
