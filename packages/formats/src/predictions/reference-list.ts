/** The reference answers in a cell: the texts of a JSON array, else the cell itself. An array that holds anything but texts and numbers is a text. */
export function referenceList(cell: string): string[] {
  if (!/^\s*\[/.test(cell)) return [cell];
  let read: unknown;
  try {
    read = JSON.parse(cell);
  } catch {
    // A text may well begin with a bracket.
    return [cell];
  }
  if (!Array.isArray(read) || !read.every((one) => typeof one === "string" || typeof one === "number")) return [cell];
  return read.map(String);
}
