import type { Column, RowTable } from "./row-table.ts";
import { compareTexts, equalTexts } from "./text-cells.ts";

/** Whether two row tables hold the same rows; when not, how many differ and a sentence that says so. */
export type Pairing =
  | { paired: true }
  | {
      paired: false;
      code: "unpaired" | "labels-differ" | "weights-differ";
      onlyCandidate: number;
      onlyBaseline: number;
      labelsDiffer: number;
      text: string;
    };

/**
 * Pairs the rows of two tables by id. Ids are sorted and unique, so one walk suffices; labels are compared on common ids.
 * Rows are never intersected: a single id that only one side has makes the tables unpaired.
 */
export function pairRows(candidate: RowTable, baseline: RowTable): Pairing {
  const sameLabel = sameLabels(candidate, baseline);
  if (equalTexts(candidate.ids, baseline.ids)) {
    const labelsDiffer = howManyDiffer(sameLabel, candidate.count);
    return told({ onlyCandidate: 0, onlyBaseline: 0, labelsDiffer }, candidate, baseline);
  }
  let onlyCandidate = 0;
  let onlyBaseline = 0;
  let labelsDiffer = 0;
  let c = 0;
  let b = 0;
  while (c < candidate.count || b < baseline.count) {
    const order =
      c === candidate.count ? 1 : b === baseline.count ? -1 : compareTexts(candidate.ids, c, baseline.ids, b);
    if (order === 0) {
      if (!sameLabel(c, b)) labelsDiffer++;
      c++;
      b++;
    } else if (order < 0) {
      onlyCandidate++;
      c++;
    } else {
      onlyBaseline++;
      b++;
    }
  }
  return told({ onlyCandidate, onlyBaseline, labelsDiffer }, candidate, baseline);
}

/** What follows from the rows that were counted. */
function told(
  counted: { onlyCandidate: number; onlyBaseline: number; labelsDiffer: number },
  candidate: RowTable,
  baseline: RowTable,
): Pairing {
  const { onlyCandidate, onlyBaseline, labelsDiffer } = counted;
  if (onlyCandidate === 0 && onlyBaseline === 0 && labelsDiffer === 0) return weightsAndGroups(candidate, baseline);
  if (onlyCandidate > 0 || onlyBaseline > 0) {
    const text = `The rows do not pair: ${rows(onlyCandidate)} only in the candidate, ${rows(onlyBaseline)} only in the baseline.`;
    return { paired: false, code: "unpaired", ...counted, text };
  }
  const text = `The labels differ in ${rows(labelsDiffer)} of ${candidate.count}.`;
  return { paired: false, code: "labels-differ", ...counted, text };
}

/** Another weight, cluster, query, series or scale of a row makes another question of the same rows. */
function weightsAndGroups(candidate: RowTable, baseline: RowTable): Pairing {
  for (const column of ["weight", "group", "query", "series", "scale"]) {
    const differ = cellsThatDiffer(candidate, baseline, column);
    if (differ === 0) continue;
    const text = `The column ${column} differs in ${rows(differ)} of ${candidate.count}.`;
    return { paired: false, code: "weights-differ", onlyCandidate: 0, onlyBaseline: 0, labelsDiffer: 0, text };
  }
  return { paired: true };
}

/** How many of the paired rows have another value in a column; all of them when only one side has the column. */
export function cellsThatDiffer(candidate: RowTable, baseline: RowTable, column: string): number {
  if (!candidate.columns.has(column) && !baseline.columns.has(column)) return 0;
  const same = sameCell(candidate.columns.get(column), baseline.columns.get(column));
  return howManyDiffer(same, candidate.count);
}

function howManyDiffer(same: SameCell, count: number): number {
  let differ = 0;
  for (let row = 0; row < count; row++) if (!same(row, row)) differ++;
  return differ;
}

/** Labels are the column `label`, or each `label:CLASS`; a class without a column is one that no row of the table has. */
function sameLabels(candidate: RowTable, baseline: RowTable): SameCell {
  const same = sameCell(candidate.columns.get("label"), baseline.columns.get("label"));
  const classes = new Set([...candidate.columns.keys(), ...baseline.columns.keys()].filter(isClassLabel));
  if (classes.size === 0) return same;
  const each = [...classes].map((name) => sameFlag(candidate.columns.get(name), baseline.columns.get(name)));
  return (c, b) => same(c, b) && each.every((sameClass) => sameClass(c, b));
}

function isClassLabel(column: string): boolean {
  return column.startsWith("label:");
}

function sameFlag(mine: Column | undefined, theirs: Column | undefined): SameCell {
  if (mine?.type === "category" || theirs?.type === "category") return sameCell(mine, theirs);
  return (c, b) => (mine?.values[c] ?? 0) === (theirs?.values[b] ?? 0);
}

type SameCell = (candidateRow: number, baselineRow: number) => boolean;

function sameCell(mine: Column | undefined, theirs: Column | undefined): SameCell {
  if (mine === undefined || theirs === undefined) return () => mine === theirs;
  if (mine.type === "number" && theirs.type === "number") return (c, b) => mine.values[c] === theirs.values[b];
  if (mine.type === "category" && theirs.type === "category") {
    const codeOf = new Map(theirs.names.map((name, code) => [name, code]));
    const translated = Int32Array.from(mine.names, (name) => codeOf.get(name) ?? -1);
    return (c, b) => translated[mine.codes[c] ?? -1] === theirs.codes[b];
  }
  return () => false;
}

function rows(count: number): string {
  return count === 1 ? "1 row" : `${count} rows`;
}
