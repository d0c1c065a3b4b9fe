/** How many single-character edits (insert, delete, replace, swap of neighbours) lead from one word to another. @source Damerau 1964, Levenshtein 1966 */
export function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((rows[i - 1]?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (rows[i - 1]?.[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}

/** The word that was probably meant, if one is within a third of its length in edits; `_` and case do not count. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const folded = word.slice(0, 60).toLowerCase().replaceAll("_", "-");
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of known) {
    const edits = distance(folded, candidate.toLowerCase().replaceAll("_", "-"));
    if (edits < least && edits <= Math.max(1, Math.floor(candidate.length / 3))) {
      least = edits;
      best = candidate;
    }
  }
  return best;
}
