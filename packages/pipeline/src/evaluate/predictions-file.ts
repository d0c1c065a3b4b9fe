import { isToolTable } from "@metricgate/formats/metric-files/tool-table";

/** Whether a file is a prediction table, by its name and its first bytes as text: a table whose header names no metric and no value. */
export function isPredictions(path: string, head: string): boolean {
  if (!/\.(csv|tsv)(\.gz)?$/i.test(path)) return false;
  const cells = (head.split(/\r?\n/, 1)[0] ?? "").split(/[,;\t]/).map((cell) => cell.trim().replaceAll('"', ""));
  return cells.length > 1 && !cells.some((cell) => /^(metric|value)$/i.test(cell)) && !isToolTable(path, cells);
}
