/** A table with a header line and no quotes, as one object per row. */
export function rowsOf(text: string): Record<string, string>[] {
  const [head = "", ...lines] = text.trimEnd().split("\n");
  const names = head.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    if (cells.length !== names.length) throw new Error(`${cells.length} cells, expected ${names.length}: ${line}`);
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ""]));
  });
}

/** The share, 0..1, of rows that hold; NaN of no rows. */
export const share = (rows: readonly Record<string, string>[], holds: (row: Record<string, string>) => boolean) =>
  rows.filter(holds).length / rows.length;

/** Accuracy of predictions, 0..1, over the rows that are `among`. */
export const accuracy = (
  rows: readonly Record<string, string>[],
  among: (row: Record<string, string>) => boolean = () => true,
) => share(rows.filter(among), (row) => row.prediction === row.label);

/** Recall of damage, 0..1. */
export const recall = (rows: readonly Record<string, string>[]) =>
  share(
    rows.filter((row) => row.label === "damage"),
    (row) => row.prediction === "damage",
  );

/** ROC-AUC by counting pairs, ties half (Mann and Whitney, 1947); 0..1. */
export function rocAuc(rows: readonly Record<string, string>[]) {
  const scores = (label: string) => rows.filter((row) => row.label === label).map((row) => Number(row.score));
  const negatives = scores("none");
  let won = 0;
  const positives = scores("damage");
  for (const positive of positives) {
    for (const negative of negatives) won += positive > negative ? 1 : positive === negative ? 0.5 : 0;
  }
  return won / (positives.length * negatives.length);
}
