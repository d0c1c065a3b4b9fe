/** Rows of cells as lines of even columns, two spaces between; columns that are empty in every row below the first are left out. */
export function evenColumns(rows: readonly (readonly string[])[], right: ReadonlySet<number>): string[] {
  const width = (cell: string): number => [...cell].length;
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, width(cell))), []);
  const used = widths.map((_, i) => rows.length === 1 || rows.slice(1).some((row) => row[i] !== ""));
  return rows.map((row) => {
    const cells = row.flatMap((cell, i) => {
      if (used[i] !== true) return [];
      const space = " ".repeat(Math.max(0, (widths[i] ?? 0) - width(cell)));
      return [right.has(i) ? `${space}${cell}` : `${cell}${space}`];
    });
    return cells.join("  ").trimEnd();
  });
}
